package io.github.hasura4j.test.engine.remote;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import graphql.language.AstPrinter;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.language.Value;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.idl.ScalarInfo;
import io.github.hasura4j.client.project.RemoteSchemaPermission;
import io.github.hasura4j.test.engine.Session;
import org.jspecify.annotations.Nullable;

/**
 * A role's schema, held against the remote schema that it is a permission for: it may have less than that, and nothing else. What
 * does not fit is said in the engine's words.
 */
final class PermittedTypes {

    private final ServerTypes server;
    private final List<String> errors = new ArrayList<>();
    private @Nullable ServerTypes types;

    private PermittedTypes(ServerTypes server) {
        this.server = server;
    }

    static PermittedTypes of(RemoteSchemaPermission permission, ServerTypes server) {
        PermittedTypes permitted = new PermittedTypes(server);
        permitted.check(permission);
        return permitted;
    }

    /** What the role may use; null if the permission does not fit. */
    @Nullable
    ServerTypes types() {
        return errors.isEmpty() ? types : null;
    }

    /** Why the permission does not fit; null if it does. */
    @Nullable
    String problem() {
        if (errors.isEmpty() || types == null) {
            return errors.isEmpty() ? null : errors.get(0);
        }
        return "validation for the given role-based schema failed "
                + (errors.size() == 1
                        ? "because " + errors.get(0)
                        : errors.stream()
                                .map(error -> " • " + error + "\n")
                                .collect(Collectors.joining("", "for the following reasons:\n", "")));
    }

    private void check(RemoteSchemaPermission permission) {
        if (permission.role().equals(Session.ADMIN)) {
            errors.add("cannot define permission for admin role");
            return;
        }
        Document document;
        try {
            document = Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(permission.schema())
                    .parserOptions(ParserOptions.getDefaultSdlParserOptions())
                    .build());
        } catch (InvalidSyntaxException e) {
            errors.add("the schema is not valid GraphQL");
            return;
        }
        ServerTypes permitted = ServerTypes.of(document);
        types = permitted;
        List<String> names = new ArrayList<>();
        document.getDefinitions().forEach(definition -> {
            if (definition instanceof TypeDefinition<?> type) {
                names.add(type.getName());
            }
        });
        refuseTwice(names, "duplicate type names found: ", "");
        if (document.getDefinitionsOfType(SchemaDefinition.class).size() > 1) {
            errors.add("multiple schema definitions found");
        }
        permitted.types().values().forEach(type -> check(type, permitted));
    }

    private void check(TypeDefinition<?> type, ServerTypes permitted) {
        String kind = kind(type);
        if (kind.equals("Scalar") && ScalarInfo.isGraphqlSpecifiedScalar(type.getName())) {
            return;
        }
        TypeDefinition<?> upstream = server.types().get(type.getName());
        if (upstream == null || !kind(upstream).equals(kind)) {
            errors.add(quoted(kind) + ": " + quoted(type.getName()) + " does not exist in the upstream remote schema");
            return;
        }
        refusePresets(type);
        PresetCheck presets = new PresetCheck(permitted, errors);
        if (type instanceof InputObjectTypeDefinition input) {
            checkInputs(
                    input.getName(),
                    input.getInputValueDefinitions(),
                    ((InputObjectTypeDefinition) upstream).getInputValueDefinitions(),
                    presets,
                    permitted);
        } else if (type instanceof EnumTypeDefinition words) {
            Function<EnumTypeDefinition, List<String>> values = of -> of.getEnumValueDefinitions().stream()
                    .map(EnumValueDefinition::getName)
                    .toList();
            refuseTwice(
                    values.apply(words),
                    "duplicate enum values: ",
                    " found in the " + quoted(type.getName()) + " enum");
            refuseMore(
                    values.apply(words),
                    values.apply((EnumTypeDefinition) upstream),
                    "enum " + quoted(type.getName()) + " contains the following enum values that do not exist in the"
                            + " corresponding upstream remote enum: ");
        } else if (type instanceof UnionTypeDefinition union) {
            refuseMore(
                    names(union.getMemberTypes()),
                    names(((UnionTypeDefinition) upstream).getMemberTypes()),
                    "union " + quoted(type.getName())
                            + " contains members which do not exist in the members of the remote schema union :");
            union.getMemberTypes().forEach(member -> require((Type<?>) member, permitted));
        } else {
            checkFields(type, presets, permitted);
        }
        if (type instanceof ObjectTypeDefinition object) {
            checkInterfaces(object, (ObjectTypeDefinition) upstream, permitted);
        }
    }

    private void checkInterfaces(ObjectTypeDefinition object, ObjectTypeDefinition upstream, ServerTypes permitted) {
        List<String> more = new ArrayList<>(names(object.getImplements()));
        more.removeAll(names(upstream.getImplements()));
        if (!more.isEmpty()) {
            boolean custom = more.stream().anyMatch(permitted.types()::containsKey);
            errors.add(
                    custom
                            ? "custom interfaces are not supported. Object" + quoted(object.getName())
                                    + " implements the following custom interfaces: " + list(more)
                            : "object " + quoted(object.getName())
                                    + " is trying to implement the following interfaces that do not exist in the corresponding"
                                    + " upstream remote object: " + list(more));
        } else {
            object.getImplements().forEach(of -> require(of, permitted));
        }
    }

    private void checkFields(TypeDefinition<?> type, PresetCheck presets, ServerTypes permitted) {
        String kind = kind(type);
        List<FieldDefinition> fields = permitted.fields(type.getName());
        refuseTwice(
                fields.stream().map(FieldDefinition::getName).toList(),
                "duplicate fields: ",
                "found in the " + quoted(kind) + " " + quoted(type.getName()));
        for (FieldDefinition field : fields) {
            FieldDefinition upstream = server.field(type.getName(), field.getName());
            if (upstream == null) {
                errors.add("field " + quoted(field.getName()) + " does not exist in the " + quoted(kind) + ": "
                        + quoted(type.getName()));
                continue;
            }
            refusePresets(field);
            checkType(field.getName(), kind + " field", field.getType(), upstream.getType(), permitted);
            checkInputs(
                    field.getName(),
                    field.getInputValueDefinitions(),
                    upstream.getInputValueDefinitions(),
                    presets,
                    permitted);
        }
    }

    /** Arguments of a field, or fields of an input object. */
    private void checkInputs(
            String owner,
            List<InputValueDefinition> inputs,
            List<InputValueDefinition> upstream,
            PresetCheck presets,
            ServerTypes permitted) {
        refuseTwice(
                inputs.stream().map(InputValueDefinition::getName).toList(),
                "duplicate arguments: ",
                "found in the field: " + quoted(owner));
        List<String> missing = new ArrayList<>(required(upstream));
        missing.removeAll(required(inputs));
        if (!missing.isEmpty()) {
            errors.add("field: " + quoted(owner) + " expects the following non nullable arguments to be present: "
                    + list(missing));
        }
        for (InputValueDefinition input : inputs) {
            InputValueDefinition known = RemoteArguments.find(upstream, input.getName());
            if (known == null) {
                errors.add("input argument " + quoted(input.getName()) + " does not exist in the input object:"
                        + quoted(owner));
                continue;
            }
            checkType(input.getName(), "Input object argument", input.getType(), known.getType(), permitted);
            String here = shown(input.getDefaultValue());
            String there = shown(known.getDefaultValue());
            if (!here.equals(there)) {
                errors.add("expected default value of input value: " + quoted(input.getName()) + "of input object "
                        + quoted(owner) + " to be " + there + " but received " + here);
            }
            presets.check(owner, input);
        }
    }

    private void checkType(String name, String kind, Type<?> type, Type<?> upstream, ServerTypes permitted) {
        if (!AstPrinter.printAst(type).equals(AstPrinter.printAst(upstream))) {
            errors.add("expected type of " + quoted(name) + "(" + quoted(kind) + ") to be "
                    + AstPrinter.printAst(upstream) + " but received " + AstPrinter.printAst(type));
        } else {
            require(type, permitted);
        }
    }

    /** What a role's schema refers to, it has to define. */
    private void require(Type<?> type, ServerTypes permitted) {
        String name = ServerTypes.nameOf(type);
        String error = "Could not find type with name " + quoted(name);
        if (!ScalarInfo.isGraphqlSpecifiedScalar(name)
                && !permitted.types().containsKey(name)
                && !errors.contains(error)) {
            errors.add(error);
        }
    }

    private void refusePresets(Object node) {
        if (node instanceof DirectivesContainer<?> container && container.hasDirective(Presets.DIRECTIVE)) {
            errors.add("Preset directives can be defined only on INPUT_FIELD_DEFINITION or ARGUMENT_DEFINITION");
        }
    }

    private void refuseTwice(List<String> names, String before, String after) {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> twice = new TreeSet<>();
        names.stream().filter(name -> !seen.add(name)).forEach(twice::add);
        if (!twice.isEmpty()) {
            errors.add(before + list(List.copyOf(twice)) + after);
        }
    }

    private void refuseMore(List<String> names, List<String> upstream, String before) {
        List<String> more = new ArrayList<>(names);
        more.removeAll(upstream);
        if (!more.isEmpty()) {
            errors.add(before + list(more));
        }
    }

    private static List<String> required(List<InputValueDefinition> inputs) {
        return inputs.stream()
                .filter(input -> input.getType() instanceof NonNullType)
                .map(InputValueDefinition::getName)
                .toList();
    }

    private static List<String> names(List<? extends Type> types) {
        List<String> names = new ArrayList<>();
        types.forEach(type -> names.add(ServerTypes.nameOf(type)));
        return names;
    }

    static String kind(@Nullable TypeDefinition<?> type) {
        if (type instanceof ObjectTypeDefinition) {
            return "Object";
        }
        if (type instanceof InterfaceTypeDefinition) {
            return "Interface";
        }
        if (type instanceof UnionTypeDefinition) {
            return "Union";
        }
        if (type instanceof EnumTypeDefinition) {
            return "Enum";
        }
        return type instanceof InputObjectTypeDefinition ? "Input object" : "Scalar";
    }

    static String shown(@Nullable Value<?> value) {
        return value == null ? "" : AstPrinter.printAst(value);
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }

    private static String list(List<String> names) {
        List<String> quoted = names.stream().map(PermittedTypes::quoted).toList();
        int last = quoted.size() - 1;
        return last == 0 ? quoted.get(0) : String.join(", ", quoted.subList(0, last)) + " and " + quoted.get(last);
    }
}
