package io.github.hasura4j.test.spring.shop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What handlers did. */
public class Ledger {

    private final List<String> entries = new CopyOnWriteArrayList<>();

    public void add(String entry) {
        entries.add(entry);
    }

    public List<String> entries() {
        return entries;
    }

    public void clear() {
        entries.clear();
    }
}
