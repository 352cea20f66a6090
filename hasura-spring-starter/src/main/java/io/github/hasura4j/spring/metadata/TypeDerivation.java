package io.github.hasura4j.spring.metadata;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import io.github.hasura4j.client.project.ActionMetadata.Argument;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.payload.Maybe;
import io.github.hasura4j.spring.HasuraType;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** Makes GraphQL types of Java's, and keeps the custom ones it met ({@code metadata.md} A.3). */
final class TypeDerivation {

    private static final Pattern GRAPHQL_NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");

    private static final Map<Class<?>, String> SCALARS = Map.ofEntries(
            Map.entry(String.class, "String"),
            Map.entry(CharSequence.class, "String"),
            Map.entry(Character.class, "String"),
            Map.entry(byte[].class, "String"),
            Map.entry(char[].class, "String"),
            Map.entry(URI.class, "String"),
            Map.entry(URL.class, "String"),
            Map.entry(Locale.class, "String"),
            Map.entry(Boolean.class, "Boolean"),
            Map.entry(Byte.class, "Int"),
            Map.entry(Short.class, "Int"),
            Map.entry(Integer.class, "Int"),
            Map.entry(OptionalInt.class, "Int"),
            Map.entry(Long.class, "bigint"),
            Map.entry(OptionalLong.class, "bigint"),
            Map.entry(Float.class, "Float"),
            Map.entry(Double.class, "Float"),
            Map.entry(OptionalDouble.class, "Float"),
            Map.entry(BigInteger.class, "numeric"),
            Map.entry(BigDecimal.class, "numeric"),
            Map.entry(Number.class, "numeric"),
            Map.entry(UUID.class, "uuid"),
            Map.entry(Instant.class, "timestamptz"),
            Map.entry(OffsetDateTime.class, "timestamptz"),
            Map.entry(ZonedDateTime.class, "timestamptz"),
            Map.entry(LocalDateTime.class, "timestamp"),
            Map.entry(LocalDate.class, "date"),
            Map.entry(LocalTime.class, "time"),
            Map.entry(OffsetTime.class, "timetz"),
            Map.entry(Object.class, "jsonb"));

    /** What a class is made into: the same name cannot stand for two of these. */
    enum Role {
        INPUT("an input object"),
        OUTPUT("an object"),
        ENUM("an enum");

        private final String words;

        Role(String words) {
            this.words = words;
        }
    }

    private record Known(Class<?> type, Role role) {}

    private final JsonMapper mapper;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Map<String, CustomTypes.EnumType> enums = new LinkedHashMap<>();
    private final Map<String, CustomTypes.InputObjectType> inputs = new LinkedHashMap<>();
    private final Map<String, CustomTypes.ObjectType> objects = new LinkedHashMap<>();
    private final List<String> openEnums = new ArrayList<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    TypeDerivation(JsonMapper mapper) {
        this.mapper = mapper;
    }

    CustomTypes customTypes() {
        return new CustomTypes(
                List.of(), List.copyOf(enums.values()), List.copyOf(inputs.values()), List.copyOf(objects.values()));
    }

    /** Enums that take values they do not know. */
    List<String> openEnums() {
        return List.copyOf(openEnums);
    }

    /** Where in code types ({@code Order}) and fields ({@code Order.id}) are. */
    Map<String, String> places() {
        return Map.copyOf(places);
    }

    /** Whether a type is read from an object with properties of its own. */
    boolean isObject(JavaType type) {
        return !isScalar(type) && !type.isContainerType() && !type.isEnumType() && !isJson(type) && !isReference(type);
    }

    private static boolean isScalar(JavaType type) {
        return SCALARS.containsKey(boxed(type.getRawClass()));
    }

    /** Whether the type says no more than "any JSON". */
    static boolean isJson(JavaType type) {
        return type.isMapLikeType() || JsonNode.class.isAssignableFrom(type.getRawClass()) || type.isJavaLangObject();
    }

    private static boolean isReference(JavaType type) {
        return type.isReferenceType() || type.hasRawClass(Maybe.class) || type.hasRawClass(java.util.Optional.class);
    }

    private static Class<?> boxed(Class<?> type) {
        return org.springframework.util.ClassUtils.resolvePrimitiveIfNecessary(type);
    }

    /**
     * The type of a value.
     *
     * @param type the Java type
     * @param nullability of the value
     * @param scalar the scalar that an annotation names; null for none
     * @param role {@link Role#INPUT} or {@link Role#OUTPUT}
     * @param where it stands, for messages
     */
    TypeReference reference(JavaType type, Nullability nullability, @Nullable String scalar, Role role, String where) {
        if (isReference(type)) {
            JavaType content = type.containedTypeOrUnknown(0);
            return reference(content, nullability.content(), scalar, role, where)
                    .nullable();
        }
        Class<?> raw = type.getRawClass();
        boolean optional = raw == OptionalInt.class || raw == OptionalLong.class || raw == OptionalDouble.class;
        boolean nonNull = raw.isPrimitive() || !optional && nullability.rulesOutNull();
        boolean list = (type.isCollectionLikeType() || type.isArrayType()) && !isScalar(type);
        if (list) {
            TypeReference element = reference(type.getContentType(), nullability.content(), scalar, role, where);
            return TypeReference.listOf(element, nonNull);
        }
        return TypeReference.named(scalar == null ? name(type, role, where) : scalar, nonNull);
    }

    private String name(JavaType type, Role role, String where) {
        Class<?> raw = type.getRawClass();
        String scalar = SCALARS.get(boxed(raw));
        if (scalar != null) {
            return scalar;
        }
        if (isJson(type)) {
            return "jsonb";
        }
        if (type.isEnumType()) {
            return enumeration(raw, where);
        }
        BeanDescription description = describe(type, role);
        AnnotatedMember value = description.findJsonValueAccessor();
        if (value != null) {
            return reference(value.getType(), Nullability.unknown(), null, role, where)
                    .name();
        }
        refuseWhatIsNoObject(type, where);
        return object(type, description, role, where);
    }

    private static void refuseWhatIsNoObject(JavaType type, String where) {
        Class<?> raw = type.getRawClass();
        String name = raw.getName();
        if (name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("kotlin.")) {
            throw new InvalidHandlerException("""
                    %s: no GraphQL type stands for %s. Use another type, or name the scalar with @HasuraType("…")""".formatted(where, name));
        }
        if (raw.isInterface() || Modifier.isAbstract(raw.getModifiers())) {
            throw new InvalidHandlerException("""
                    %s: %s is %s, and types of actions have neither interfaces nor unions. Use a record or a class, \
                    one for each shape""".formatted(
                            where, name, raw.isSealed() ? "sealed" : raw.isInterface() ? "an interface" : "abstract"));
        }
        if (type.containedTypeCount() > 0 || raw.getTypeParameters().length > 0) {
            throw new InvalidHandlerException("""
                    %s: %s is generic, and GraphQL types are not. Use a record or class with real types, such as \
                    record OrderPage(List<Order> orders)""".formatted(where, name));
        }
    }

    private String enumeration(Class<?> raw, String where) {
        String name = claim(raw, Role.ENUM, where);
        if (enums.containsKey(name)) {
            return name;
        }
        List<String> values = new ArrayList<>();
        for (Object constant : raw.getEnumConstants()) {
            if (isFallback((Enum<?>) constant)) {
                openEnums.add(name);
                continue;
            }
            JsonNode json = mapper.valueToTree(constant);
            if (!json.isString() || !GRAPHQL_NAME.matcher(json.stringValue()).matches()) {
                throw new InvalidHandlerException("""
                        %s: the value %s of %s is %s in JSON, which cannot be a value of a GraphQL enum. Give it a name of \
                        letters, digits and underscores with @JsonProperty("…")""".formatted(where, constant, raw.getName(), json));
            }
            values.add(json.stringValue());
        }
        if (values.isEmpty()) {
            throw new InvalidHandlerException(
                    "%s: %s has no values, and an enum needs one. Add one".formatted(where, raw.getName()));
        }
        enums.put(name, new CustomTypes.EnumType(name, description(raw), List.copyOf(values)));
        return name;
    }

    private static boolean isFallback(Enum<?> constant) {
        try {
            Field field = constant.getDeclaringClass().getField(constant.name());
            return field.isAnnotationPresent(JsonEnumDefaultValue.class);
        } catch (NoSuchFieldException e) {
            return false;
        }
    }

    private String object(JavaType type, BeanDescription description, Role role, String where) {
        Class<?> raw = type.getRawClass();
        String name = claim(raw, role, where);
        if (inputs.containsKey(name) || objects.containsKey(name)) {
            return name;
        }
        // Before its fields, which may be of the type itself.
        put(name, raw, role, List.of());
        List<Argument> fields = fields(type, description, name, role, where);
        if (fields.isEmpty()) {
            throw new InvalidHandlerException("""
                    %s: Jackson sees no property of %s, and %s needs a field. Give it one, or return nothing""".formatted(where, raw.getName(), role.words));
        }
        put(name, raw, role, fields);
        return name;
    }

    private void put(String name, Class<?> raw, Role role, List<Argument> fields) {
        if (role == Role.INPUT) {
            inputs.put(name, new CustomTypes.InputObjectType(name, description(raw), fields));
        } else {
            objects.put(name, new CustomTypes.ObjectType(name, description(raw), fields, List.of()));
        }
    }

    /** The properties of an input as arguments of the action itself. */
    List<Argument> arguments(JavaType type, String where) {
        refuseWhatIsNoObject(type, where);
        return fields(type, describe(type, Role.INPUT), type.getRawClass().getSimpleName(), Role.INPUT, where);
    }

    private List<Argument> fields(
            JavaType type, BeanDescription description, String typeName, Role role, String where) {
        List<Argument> fields = new ArrayList<>();
        for (BeanPropertyDefinition property : inWrittenOrder(type.getRawClass(), description.findProperties())) {
            if (role == Role.INPUT ? property.couldDeserialize() : property.couldSerialize()) {
                Place place = Place.of(type.getRawClass(), property, role);
                String code = type.getRawClass().getName() + "#" + property.getInternalName();
                String name = requireName(property.getName(), code);
                TypeReference reference =
                        reference(propertyType(property, role), place.nullability(), place.scalar(), role, code);
                if (role == Role.INPUT && property.isRequired() && reference.element() == null) {
                    reference = TypeReference.named(reference.name(), true);
                }
                places.put(typeName + "." + name, code);
                fields.add(new Argument(
                        name, reference.toString(), property.getMetadata().getDescription()));
            }
        }
        return List.copyOf(fields);
    }

    /** Jackson sorts by name; a record has an order of its own. */
    private static List<BeanPropertyDefinition> inWrittenOrder(
            Class<?> owner, List<BeanPropertyDefinition> properties) {
        if (!owner.isRecord()) {
            return properties;
        }
        List<String> order = Arrays.stream(owner.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        return properties.stream()
                .sorted(Comparator.comparingInt(property -> order.contains(property.getInternalName())
                        ? order.indexOf(property.getInternalName())
                        : order.size()))
                .toList();
    }

    private static JavaType propertyType(BeanPropertyDefinition property, Role role) {
        AnnotatedMember member = role == Role.INPUT ? property.getMutator() : property.getAccessor();
        return member instanceof tools.jackson.databind.introspect.AnnotatedMethod || member == null
                ? property.getPrimaryType()
                : member.getType();
    }

    static String requireName(String name, String where) {
        if (!GRAPHQL_NAME.matcher(name).matches()) {
            throw new InvalidHandlerException("""
                    %s: '%s' cannot be a name in GraphQL. Give it one of letters, digits and underscores with \
                    @JsonProperty("…")""".formatted(where, name));
        }
        return name;
    }

    private String claim(Class<?> raw, Role role, String where) {
        HasuraType named = raw.getAnnotation(HasuraType.class);
        String name = named == null || named.value().isEmpty() ? raw.getSimpleName() : named.value();
        if (role == Role.INPUT && named != null && !named.input().isEmpty()) {
            name = named.input();
        }
        requireName(name, where);
        if (name.equals("Query") || name.equals("Mutation") || SCALARS.containsValue(name)) {
            throw new InvalidHandlerException("""
                    %s: a type of actions cannot be called '%s'. Name the type of %s with @HasuraType("…")""".formatted(where, name, raw.getName()));
        }
        Known mine = new Known(raw, role);
        Known other = known.putIfAbsent(name, mine);
        if (other != null && !other.equals(mine)) {
            throw new InvalidHandlerException(
                    other.type() == raw
                            ? """
                            %s: %s is both an input and an output, and Hasura needs a type for each. Name the input object \
                            with @HasuraType(input = "%sInput")""".formatted(where, raw.getName(), name)
                            : """
                            %s: %s and %s are both called '%s', and Hasura has room for one type of a name. Name one of them \
                            with @HasuraType("…")""".formatted(where, other.type().getName(), raw.getName(), name));
        }
        places.put(name, raw.getName());
        return name;
    }

    private static @Nullable String description(Class<?> raw) {
        JsonClassDescription description = raw.getAnnotation(JsonClassDescription.class);
        return description == null || description.value().isEmpty() ? null : description.value();
    }

    private BeanDescription describe(JavaType type, Role role) {
        if (role == Role.INPUT) {
            ClassIntrospector introspector = mapper.deserializationConfig().classIntrospectorInstance();
            return introspector.introspectForDeserialization(type, introspector.introspectClassAnnotations(type));
        }
        ClassIntrospector introspector = mapper.serializationConfig().classIntrospectorInstance();
        return introspector.introspectForSerialization(type, introspector.introspectClassAnnotations(type));
    }

    /** The names that JSON has for a row's columns. */
    List<String> columns(JavaType row) {
        return !isObject(row) || row.getRawClass().isInterface() || row.hasRawClass(Void.class)
                ? List.of()
                : describe(row, Role.INPUT).findProperties().stream()
                        .filter(BeanPropertyDefinition::couldDeserialize)
                        .map(BeanPropertyDefinition::getName)
                        .toList();
    }

    /** Where a property is written down. */
    private record Place(Nullability nullability, @Nullable String scalar) {

        static Place of(Class<?> owner, BeanPropertyDefinition property, Role role) {
            List<AnnotatedElement> declarations = new ArrayList<>();
            AnnotatedType type = null;
            Class<?> scope = owner;
            for (RecordComponent component : components(owner, property)) {
                declarations.add(component);
                type = component.getAnnotatedType();
            }
            if (property.getField() != null) {
                declarations.add(property.getField().getAnnotated());
            }
            AnnotatedMember member = role == Role.INPUT ? property.getMutator() : property.getAccessor();
            if (member instanceof AnnotatedParameter parameter
                    && parameter.getMember() instanceof Executable executable) {
                declarations.add(executable.getParameters()[parameter.getIndex()]);
            } else if (member != null && member.getAnnotated() != null) {
                declarations.add(member.getAnnotated());
            }
            if (type == null && member != null) {
                type = written(member);
                scope = member.getDeclaringClass();
            }
            String scalar = TypeDerivation.scalar(declarations);
            return new Place(type == null ? Nullability.unknown() : Nullability.of(type, declarations, scope), scalar);
        }

        private static List<RecordComponent> components(Class<?> owner, BeanPropertyDefinition property) {
            return owner.isRecord()
                    ? Arrays.stream(owner.getRecordComponents())
                            .filter(named(property.getInternalName()))
                            .toList()
                    : List.of();
        }

        private static Predicate<RecordComponent> named(String name) {
            return component -> component.getName().equals(name);
        }

        private static @Nullable AnnotatedType written(AnnotatedMember member) {
            Member java = member.getMember();
            if (member instanceof AnnotatedParameter parameter && java instanceof Executable executable) {
                return executable.getAnnotatedParameterTypes()[parameter.getIndex()];
            }
            if (java instanceof Method method) {
                return method.getParameterCount() == 1
                        ? method.getAnnotatedParameterTypes()[0]
                        : method.getAnnotatedReturnType();
            }
            return java instanceof Field field ? field.getAnnotatedType() : null;
        }
    }

    /** The scalar that an annotation names. */
    static @Nullable String scalar(List<? extends AnnotatedElement> declarations) {
        for (AnnotatedElement declaration : declarations) {
            for (Annotation annotation : declaration.getAnnotations()) {
                if (annotation instanceof HasuraType type && !type.value().isEmpty()) {
                    return type.value();
                }
            }
        }
        return null;
    }
}
