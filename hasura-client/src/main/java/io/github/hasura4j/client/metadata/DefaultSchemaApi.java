package io.github.hasura4j.client.metadata;

/** SQL over the engine. */
final class DefaultSchemaApi implements SchemaApi {

    private final Commands commands;

    DefaultSchemaApi(Commands commands) {
        this.commands = commands;
    }

    @Override
    public SqlResult run(RunSql sql) {
        return commands.query(MetadataCommand.of("run_sql", sql.args()), SqlResult::from);
    }

    @Override
    public String toString() {
        return "SchemaApi[" + commands.channel() + "]";
    }
}
