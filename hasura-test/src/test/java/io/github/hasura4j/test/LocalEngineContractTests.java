package io.github.hasura4j.test;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

/** The contract, against the local engine. */
class LocalEngineContractTests extends EngineContract {

    private static final String SECRET = "secret-of-the-contract";

    @TempDir
    private static Path directory;

    private LocalHasura engine;

    @Override
    Place place() {
        Path project = ProjectFiles.in(directory)
                .with("metadata/databases/databases.yaml", "- name: default\n  kind: postgres\n  tables: []\n")
                .directory();
        engine = LocalHasura.forProject(project).adminSecret(SECRET).start();
        StubHandler handler = new StubHandler();
        return new Place(engine.url(), SECRET, handler, handler.url());
    }

    @Override
    void end() {
        engine.close();
    }
}
