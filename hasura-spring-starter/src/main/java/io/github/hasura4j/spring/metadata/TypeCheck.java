package io.github.hasura4j.spring.metadata;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.github.hasura4j.client.project.ActionMetadata.Argument;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.client.project.CustomTypes.EnumType;
import io.github.hasura4j.client.project.CustomTypes.InputObjectType;
import io.github.hasura4j.client.project.CustomTypes.ObjectType;
import io.github.hasura4j.spring.metadata.Finding.Rule;
import org.jspecify.annotations.Nullable;

/** Compares the types of code with those of the metadata, each pair of them once. */
final class TypeCheck {

    /** A place that has a type: an argument, a field, or an action's output. */
    record Spot(String words, boolean input, String code, String metadata) {}

    private final HandlerMetadata wanted;
    private final CustomTypes actual;
    private final Places places;
    private final Findings findings;
    private final Set<List<String>> compared = new HashSet<>();

    TypeCheck(HandlerMetadata wanted, CustomTypes actual, Places places, Findings findings) {
        this.wanted = wanted;
        this.actual = actual;
        this.places = places;
        this.findings = findings;
    }

    /**
     * Compares lists of arguments or fields.
     *
     * @param spot makes the spot of one, by its name
     */
    void members(List<Argument> inCode, List<Argument> inMetadata, Function<String, Spot> spot) {
        List<Argument> missing = without(inCode, inMetadata);
        List<Argument> extra = without(inMetadata, inCode);
        for (Argument member : inCode) {
            for (Argument other : inMetadata) {
                if (member.name().equals(other.name())) {
                    member(member, other, spot.apply(member.name()));
                }
            }
        }
        for (Argument member : missing) {
            Argument renamed = renamed(member, missing, extra);
            if (renamed == null) {
                missing(member, spot.apply(member.name()));
            } else {
                extra.remove(renamed);
                Spot place = spot.apply(renamed.name());
                findings.error(
                        Rule.NAME,
                        "%s is called '%s' in code".formatted(place.words(), member.name()),
                        spot.apply(member.name()).code(),
                        place.metadata(),
                        "Call it '%s' there, or name it \"%s\" in code with %s"
                                .formatted(
                                        member.name(),
                                        renamed.name(),
                                        place.words().startsWith("Field")
                                                ? "@JsonProperty"
                                                : "@ActionArgument or @JsonProperty"));
            }
        }
        extra.forEach(member -> extra(member, spot.apply(member.name())));
    }

    private static List<Argument> without(List<Argument> members, List<Argument> others) {
        Set<String> names = new HashSet<>();
        others.forEach(other -> names.add(other.name()));
        return new ArrayList<>(members.stream()
                .filter(member -> !names.contains(member.name()))
                .toList());
    }

    /** What is there instead: the only one of the same type, or one whose name differs in case and underscores only. */
    private static @Nullable Argument renamed(Argument member, List<Argument> missing, List<Argument> extra) {
        for (Argument other : extra) {
            if (plain(other.name()).equals(plain(member.name()))) {
                return other;
            }
        }
        List<Argument> alike = alike(member, extra);
        return alike.size() == 1 && alike(member, missing).size() == 1 ? alike.get(0) : null;
    }

    private static List<Argument> alike(Argument member, List<Argument> others) {
        return others.stream()
                .filter(other -> other.type().equals(member.type()))
                .toList();
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(java.util.Locale.ROOT);
    }

    private void missing(Argument member, Spot spot) {
        boolean needed = TypeReference.parse(member.type()).nonNull();
        findings.add(
                spot.input() && needed,
                Rule.NAME,
                "%s is not in the metadata".formatted(spot.words()),
                spot.code(),
                spot.metadata(),
                "Add '%s: %s' there, or remove it from code".formatted(member.name(), member.type()));
    }

    private void extra(Argument member, Spot spot) {
        boolean needed = TypeReference.parse(member.type()).nonNull();
        findings.add(
                !spot.input() && needed,
                Rule.NAME,
                spot.input()
                        ? "%s is not read by code".formatted(spot.words())
                        : "%s is not answered by code".formatted(spot.words()),
                spot.code(),
                spot.metadata(),
                "Remove '%s' there, or add it to code".formatted(member.name()));
    }

    private void member(Argument inCode, Argument inMetadata, Spot spot) {
        reference(inCode.type(), inMetadata.type(), spot);
        description(inCode.description(), inMetadata.description(), spot);
    }

    private void description(@Nullable String inCode, @Nullable String inMetadata, Spot spot) {
        if (inCode != null && !inCode.strip().equals(inMetadata)) {
            findings.warning(
                    Rule.COMMENT,
                    "%s has another description".formatted(spot.words()),
                    spot.code(),
                    spot.metadata(),
                    "Describe it there as code does");
        }
    }

    /** Compares one type where it is used. */
    void reference(String inCode, String inMetadata, Spot spot) {
        TypeReference code = TypeReference.parse(inCode);
        TypeReference metadata = TypeReference.parse(inMetadata);
        if (code.depth() != metadata.depth()) {
            findings.error(
                    Rule.LIST,
                    differs(spot, metadata, code),
                    spot.code(),
                    spot.metadata(),
                    "Make it %s there, or change the Java type".formatted(code));
            return;
        }
        nullability(code, metadata, spot);
        base(code, metadata, spot);
    }

    private static String differs(Spot spot, TypeReference metadata, TypeReference code) {
        return "%s is %s in the metadata and %s in code".formatted(spot.words(), metadata, code);
    }

    private void nullability(TypeReference code, TypeReference metadata, Spot spot) {
        TypeReference one = code;
        TypeReference other = metadata;
        boolean differs = false;
        boolean severe = false;
        while (one != null && other != null) {
            differs |= one.nonNull() != other.nonNull();
            // Who sends may be stricter than who receives.
            severe |= spot.input() ? one.nonNull() && !other.nonNull() : other.nonNull() && !one.nonNull();
            one = one.element();
            other = other.element();
        }
        if (differs) {
            findings.add(
                    severe,
                    Rule.NULLABILITY,
                    differs(spot, metadata.withName(code.name()), code),
                    spot.code(),
                    spot.metadata(),
                    "Make it %s there, or change @Nullable or the constraints in code".formatted(code));
        }
    }

    private void base(TypeReference code, TypeReference metadata, Spot spot) {
        String inCode = code.name();
        String inMetadata = metadata.name();
        boolean custom = defines(wanted.customTypes(), inCode);
        if (!custom) {
            if (!inCode.equals(inMetadata)) {
                findings.error(
                        Rule.TYPE,
                        differs(spot, metadata, code),
                        spot.code(),
                        spot.metadata(),
                        "Make it %s there, change the Java type, or say @HasuraType(\"%s\")"
                                .formatted(code, inMetadata));
            }
            return;
        }
        boolean renamed = !defines(wanted.customTypes(), inMetadata) && !defines(actual, inCode);
        if (!contents(inCode, inMetadata, renamed, spot)) {
            findings.error(
                    Rule.TYPE,
                    differs(spot, metadata, code),
                    spot.code(),
                    spot.metadata(),
                    "Make it %s there, or change the Java type".formatted(code));
        }
    }

    /** False if these are not the same type, by name or after a renaming. */
    private boolean contents(String inCode, String inMetadata, boolean renamed, Spot spot) {
        if (!inCode.equals(inMetadata) && !renamed) {
            return false;
        }
        EnumType enumInCode = find(wanted.customTypes().enums(), EnumType::name, inCode);
        EnumType enumInMetadata = find(actual.enums(), EnumType::name, inMetadata);
        InputObjectType inputInCode = find(wanted.customTypes().inputObjects(), InputObjectType::name, inCode);
        InputObjectType inputInMetadata = find(actual.inputObjects(), InputObjectType::name, inMetadata);
        ObjectType objectInCode = find(wanted.customTypes().objects(), ObjectType::name, inCode);
        ObjectType objectInMetadata = find(actual.objects(), ObjectType::name, inMetadata);
        boolean alike = enumInCode != null && enumInMetadata != null
                || inputInCode != null && inputInMetadata != null
                || objectInCode != null && objectInMetadata != null;
        if (!alike || !compared.add(List.of(inCode, inMetadata))) {
            return alike;
        }
        Spot type = new Spot(
                "Type '%s'".formatted(inMetadata),
                spot.input(),
                wanted.places().getOrDefault(inCode, spot.code()),
                places.type(inMetadata, null));
        if (renamed) {
            findings.warning(
                    Rule.TYPE,
                    "%s is called '%s' in code".formatted(type.words(), inCode),
                    type.code(),
                    type.metadata(),
                    "Call it '%s' there, or say @HasuraType(\"%s\")".formatted(inCode, inMetadata));
        }
        if (enumInCode != null && enumInMetadata != null) {
            values(enumInCode, enumInMetadata, type);
            description(enumInCode.description(), enumInMetadata.description(), type);
        } else if (inputInCode != null && inputInMetadata != null) {
            members(inputInCode.fields(), inputInMetadata.fields(), field(inCode, inMetadata, type));
            description(inputInCode.description(), inputInMetadata.description(), type);
        } else if (objectInCode != null && objectInMetadata != null) {
            members(objectInCode.fields(), objectInMetadata.fields(), field(inCode, inMetadata, type));
            description(objectInCode.description(), objectInMetadata.description(), type);
        }
        return true;
    }

    private Function<String, Spot> field(String inCode, String inMetadata, Spot type) {
        return name -> new Spot(
                "Field '%s.%s'".formatted(inMetadata, name),
                type.input(),
                Objects.requireNonNull(wanted.places().getOrDefault(inCode + "." + name, type.code())),
                places.type(inMetadata, name));
    }

    private void values(EnumType inCode, EnumType inMetadata, Spot type) {
        List<String> missing = new ArrayList<>(inCode.values());
        missing.removeAll(inMetadata.values());
        List<String> extra = new ArrayList<>(inMetadata.values());
        extra.removeAll(inCode.values());
        if (wanted.openEnums().contains(inCode.name())) {
            extra.clear();
        }
        if (!missing.isEmpty() || !extra.isEmpty()) {
            List<String> parts = new ArrayList<>();
            if (!missing.isEmpty()) {
                parts.add("lacks the value(s) %s of code".formatted(String.join(", ", missing)));
            }
            if (!extra.isEmpty()) {
                parts.add("has the value(s) %s that code does not know".formatted(String.join(", ", extra)));
            }
            findings.error(
                    Rule.ENUM_VALUE,
                    "Enum '%s' %s".formatted(inMetadata.name(), String.join(" and ", parts)),
                    type.code(),
                    type.metadata(),
                    "Give both sides the same values");
        }
    }

    private static boolean defines(CustomTypes types, String name) {
        return find(types.enums(), EnumType::name, name) != null
                || find(types.inputObjects(), InputObjectType::name, name) != null
                || find(types.objects(), ObjectType::name, name) != null;
    }

    static <T> @Nullable T find(List<T> list, Function<T, String> name, String wanted) {
        for (T each : list) {
            if (name.apply(each).equals(wanted)) {
                return each;
            }
        }
        return null;
    }
}
