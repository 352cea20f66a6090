package io.github.hasura4j.spring.metadata;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Whether a place in code takes or gives null: by JSpecify, or any other annotation called {@code Nullable} or {@code NonNull}, and
 * by the constraints of Bean Validation. A place that says nothing may be null.
 */
final class Nullability {

    private static final Set<String> NULLABLE = Set.of("Nullable", "CheckForNull");
    private static final Set<String> NON_NULL = Set.of("NonNull", "Nonnull", "NotNull", "NotBlank", "NotEmpty");

    private final @Nullable AnnotatedType type;
    private final List<AnnotatedElement> declarations;
    private final boolean marked;

    private Nullability(@Nullable AnnotatedType type, List<AnnotatedElement> declarations, boolean marked) {
        this.type = type;
        this.declarations = declarations;
        this.marked = marked;
    }

    /**
     * The nullability of a place.
     *
     * @param type the type as it is written there
     * @param declarations what may be annotated besides the type
     * @param scope where it stands: a method or a class
     */
    static Nullability of(AnnotatedType type, List<AnnotatedElement> declarations, AnnotatedElement scope) {
        return new Nullability(type, declarations, isMarked(scope));
    }

    /** Of something that nothing was written for. */
    static Nullability unknown() {
        return new Nullability(null, List.of(), false);
    }

    /** Of something that has no null. */
    static Nullability primitive() {
        return new Nullability(null, List.of(), true);
    }

    boolean rulesOutNull() {
        List<String> names =
                annotations().map(each -> each.annotationType().getSimpleName()).toList();
        return names.stream().noneMatch(NULLABLE::contains)
                && (marked || names.stream().anyMatch(NON_NULL::contains));
    }

    /** Of a list's elements, or of what an optional or a future brings. */
    Nullability content() {
        if (type instanceof AnnotatedParameterizedType generic) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            return new Nullability(arguments[arguments.length - 1], List.of(), marked);
        }
        return new Nullability(
                type instanceof AnnotatedArrayType array ? array.getAnnotatedGenericComponentType() : null,
                List.of(),
                marked);
    }

    private Stream<Annotation> annotations() {
        Stream<Annotation> ofType = type == null ? Stream.empty() : Arrays.stream(type.getAnnotations());
        // A declaration annotation on an array or a list means the whole, as one of its type does.
        return Stream.concat(ofType, declarations.stream().flatMap(each -> Arrays.stream(each.getAnnotations())));
    }

    private static boolean isMarked(@Nullable AnnotatedElement scope) {
        if (scope == null || scope.isAnnotationPresent(NullUnmarked.class)) {
            return false;
        }
        if (scope.isAnnotationPresent(NullMarked.class)) {
            return true;
        }
        if (scope instanceof Executable executable) {
            return isMarked(executable.getDeclaringClass());
        }
        if (scope instanceof Class<?> type) {
            Class<?> outer = type.getEnclosingClass();
            return isMarked(outer == null ? type.getPackage() : outer)
                    || outer == null
                            && type.getPackage() != null
                            && !type.getPackage().isAnnotationPresent(NullUnmarked.class)
                            && type.getModule().isAnnotationPresent(NullMarked.class);
        }
        return false;
    }
}
