package io.github.hasura4j.client.project;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.TableName;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The entries that an application wants to have in the metadata, in the form of the document that {@code export_metadata} gives.
 * {@link #mergeInto} puts them into a document and takes out what the application does not want any more, without touching what
 * belongs to others.
 *
 * <p>What belongs to whom is told by a mark: a header {@value #OWNER_HEADER} among those that the engine sends to the handler, with
 * the application's name. It is the one thing that every kind of entry has and that survives export and import; handlers get
 * to see it. Types have no mark: they belong to whoever's actions need them.
 *
 * <p>Immutable.
 */
public final class WantedMetadata {

    /** The header that marks an entry as an application's own. */
    public static final String OWNER_HEADER = "X-Hasura4j-Owner";

    private final String owner;
    private final boolean adopting;
    private final Map<String, Entry> actions;
    private final Map<String, Map<String, ObjectNode>> types;
    private final Map<Place, Entry> eventTriggers;
    private final Map<String, Entry> cronTriggers;
    private final Map<String, Entry> remoteSchemas;
    private final Map<Validated, Entry> validations;

    private WantedMetadata(Builder builder) {
        this.owner = builder.owner;
        this.adopting = builder.adopting;
        this.actions = Collections.unmodifiableMap(new LinkedHashMap<>(builder.actions));
        this.types = Collections.unmodifiableMap(new LinkedHashMap<>(builder.types));
        this.eventTriggers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.eventTriggers));
        this.cronTriggers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.cronTriggers));
        this.remoteSchemas = Collections.unmodifiableMap(new LinkedHashMap<>(builder.remoteSchemas));
        this.validations = Collections.unmodifiableMap(new LinkedHashMap<>(builder.validations));
    }

    /**
     * An entry.
     *
     * @param said what the application says of it; a null takes a key out
     * @param defaults what it begins with where there is none yet, and nothing is said
     */
    record Entry(ObjectNode said, ObjectNode defaults) {

        static Entry of(ObjectNode said, ObjectNode defaults) {
            return new Entry(said.deepCopy(), defaults.deepCopy());
        }
    }

    /** An event trigger, by its source, its table and its name. */
    record Place(String source, TableName table, String name) {

        String shown() {
            return "event trigger '%s' of %s".formatted(name, table);
        }
    }

    /** A permission whose input is validated. */
    record Validated(String source, TableName table, String operation, String role) {

        String shown() {
            return "validation of %s into %s by '%s'".formatted(operation, table, role);
        }
    }

    /**
     * Begins with nothing.
     *
     * @param owner the application's name, which marks its entries; applications on one engine need different ones
     * @throws IllegalArgumentException if it is blank
     */
    public static Builder ownedBy(String owner) {
        return new Builder(owner);
    }

    /**
     * The metadata with all this.
     *
     * @param document what {@code export_metadata} gives, or {@link HasuraProject#metadataDocument()}; it is not changed
     */
    public MergedMetadata mergeInto(ObjectNode document) {
        return new MetadataMerge(this, document).merged();
    }

    String owner() {
        return owner;
    }

    boolean adopting() {
        return adopting;
    }

    Map<String, Entry> actions() {
        return actions;
    }

    Map<String, ObjectNode> types(String kind) {
        return types.getOrDefault(kind, Map.of());
    }

    Map<Place, Entry> eventTriggers() {
        return eventTriggers;
    }

    Map<String, Entry> cronTriggers() {
        return cronTriggers;
    }

    Map<String, Entry> remoteSchemas() {
        return remoteSchemas;
    }

    Map<Validated, Entry> validations() {
        return validations;
    }

    /** Names the entries. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>(actions.keySet());
        eventTriggers.keySet().forEach(place -> names.add(place.name()));
        names.addAll(cronTriggers.keySet());
        names.addAll(remoteSchemas.keySet());
        return "WantedMetadata[" + owner + ", " + names + "]";
    }

    /** Gathers entries; for one thread. What comes later under the same name wins. */
    public static final class Builder {

        private final String owner;
        private boolean adopting;
        private final Map<String, Entry> actions = new LinkedHashMap<>();
        private final Map<String, Map<String, ObjectNode>> types = new LinkedHashMap<>();
        private final Map<Place, Entry> eventTriggers = new LinkedHashMap<>();
        private final Map<String, Entry> cronTriggers = new LinkedHashMap<>();
        private final Map<String, Entry> remoteSchemas = new LinkedHashMap<>();
        private final Map<Validated, Entry> validations = new LinkedHashMap<>();

        private Builder(String owner) {
            if (owner.isBlank() || !owner.chars().allMatch(c -> c > ' ' && c <= '~')) {
                throw new IllegalArgumentException(
                        "'%s' cannot mark entries: give the application a name of printable ASCII characters without blanks"
                                .formatted(owner));
            }
            this.owner = owner;
        }

        /** Takes over entries of the same name that carry nobody's mark, instead of leaving them alone. */
        public Builder adopting() {
            adopting = true;
            return this;
        }

        /** @param action {@code {name, definition, permissions?, comment?}}; without permissions those that are there stay */
        public Builder action(ObjectNode action) {
            return action(action, nothing());
        }

        /** @param defaults the rest of a new action; an action that is there keeps what it has */
        public Builder action(ObjectNode action, ObjectNode defaults) {
            actions.put(name(action), Entry.of(action, defaults));
            return this;
        }

        /**
         * A type that actions use.
         *
         * @param kind {@code enums}, {@code input_objects}, {@code objects} or {@code scalars}
         */
        public Builder customType(String kind, ObjectNode type) {
            types.computeIfAbsent(kind, none -> new LinkedHashMap<>()).put(name(type), type.deepCopy());
            return this;
        }

        /**
         * @param trigger {@code {name, definition, retry_conf, webhook, headers}}; an operation that is null no longer fires it
         */
        public Builder eventTrigger(String source, TableName table, ObjectNode trigger) {
            return eventTrigger(source, table, trigger, nothing());
        }

        /** @param defaults the rest of a new trigger; a trigger that is there keeps what it has */
        public Builder eventTrigger(String source, TableName table, ObjectNode trigger, ObjectNode defaults) {
            eventTriggers.put(new Place(source, table, name(trigger)), Entry.of(trigger, defaults));
            return this;
        }

        /** @param trigger {@code {name, webhook, schedule, include_in_metadata, …}} */
        public Builder cronTrigger(ObjectNode trigger) {
            return cronTrigger(trigger, nothing());
        }

        /** @param defaults the rest of a new trigger; a trigger that is there keeps what it has */
        public Builder cronTrigger(ObjectNode trigger, ObjectNode defaults) {
            cronTriggers.put(name(trigger), Entry.of(trigger, defaults));
            return this;
        }

        /** @param schema {@code {name, definition}} */
        public Builder remoteSchema(ObjectNode schema) {
            return remoteSchema(schema, nothing());
        }

        /** @param defaults the rest of a new remote schema; one that is there keeps what it has */
        public Builder remoteSchema(ObjectNode schema, ObjectNode defaults) {
            remoteSchemas.put(name(schema), Entry.of(schema, defaults));
            return this;
        }

        /**
         * The check of a role's input. The permission itself has to be there.
         *
         * @param operation {@code insert}, {@code update} or {@code delete}
         * @param validateInput {@code {type, definition: {url, …}}}
         */
        public Builder validation(
                String source, TableName table, String operation, String role, ObjectNode validateInput) {
            validations.put(new Validated(source, table, operation, role), Entry.of(validateInput, nothing()));
            return this;
        }

        private static ObjectNode nothing() {
            return JsonNodeFactory.instance.objectNode();
        }

        public WantedMetadata build() {
            return new WantedMetadata(this);
        }

        private static String name(ObjectNode entry) {
            String name = entry.path("name").asString("");
            if (name.isEmpty()) {
                throw new IllegalArgumentException("The entry has no name: " + entry.propertyNames());
            }
            return name;
        }
    }
}
