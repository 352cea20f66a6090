package io.github.hasura4j.spring.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.DataBindingPropertyAccessor;
import org.springframework.expression.spel.support.MapAccessor;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/** A key written as a Spring expression: parsed once, and fed with no more than what it names. */
final class KeyExpression {

    private final SpelExpression expression;
    private final Map<String, Function<WebhookCall, @Nullable Object>> variables;

    private KeyExpression(SpelExpression expression, Map<String, Function<WebhookCall, @Nullable Object>> variables) {
        this.expression = expression;
        this.variables = variables;
    }

    /** @throws InvalidHandlerException if it cannot be parsed, or names what is not there */
    static KeyExpression of(AdvisedHandler handler, String text) {
        SpelExpression expression;
        try {
            expression = new SpelExpressionParser().parseRaw(text);
        } catch (ParseException | IllegalStateException e) {
            throw new InvalidHandlerException(
                    "%s has the key \"%s\", which is no Spring expression: %s".formatted(handler, text, e.getMessage()),
                    e);
        }
        Map<String, Function<WebhookCall, @Nullable Object>> known = known(handler);
        Map<String, Function<WebhookCall, @Nullable Object>> used = new LinkedHashMap<>();
        collect(handler, text, expression.getAST(), known, used);
        if (used.isEmpty()) {
            throw new InvalidHandlerException(
                    """
                    %s has the key "%s", which is the same for every call. Use one of its variables: #%s""".formatted(handler, text, String.join(", #", new TreeSet<>(known.keySet()))));
        }
        return new KeyExpression(expression, used);
    }

    private static Map<String, Function<WebhookCall, @Nullable Object>> known(AdvisedHandler handler) {
        Map<String, Function<WebhookCall, @Nullable Object>> known = new LinkedHashMap<>();
        known.put("payload", WebhookCall::payload);
        known.put("session", WebhookCall::sessionVariables);
        if (handler.kind() == WebhookKind.EVENT) {
            known.put("row", KeyExpression::row);
        }
        handler.arguments().forEach((name, argument) -> known.put(name, argument::value));
        return known;
    }

    private static @Nullable Object row(WebhookCall call) {
        EventPayload<?, ?> event = (EventPayload<?, ?>) call.payload();
        Object row = event.newRow();
        return row == null ? event.oldRow() : row;
    }

    private static void collect(
            AdvisedHandler handler,
            String text,
            SpelNode node,
            Map<String, Function<WebhookCall, @Nullable Object>> known,
            Map<String, Function<WebhookCall, @Nullable Object>> used) {
        if (node instanceof VariableReference reference) {
            String name = reference.toStringAST().substring(1);
            Function<WebhookCall, @Nullable Object> variable = known.get(name);
            if (variable != null) {
                used.put(name, variable);
            } else if (!name.equals("this") && !name.equals("root")) {
                throw new InvalidHandlerException(
                        """
                        %s has the key "%s", but there is no #%s. Known: #%s""".formatted(handler, text, name, String.join(", #", new TreeSet<>(known.keySet()))));
            }
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            collect(handler, text, node.getChild(i), known, used);
        }
    }

    /** The key of a call, or null if the expression gives null or nothing. */
    @Nullable
    String of(WebhookCall call) {
        SimpleEvaluationContext context = SimpleEvaluationContext.forPropertyAccessors(
                        new MapAccessor(false), DataBindingPropertyAccessor.forReadOnlyAccess())
                .withInstanceMethods()
                .build();
        variables.forEach((name, variable) -> context.setVariable(name, variable.apply(call)));
        Object key = expression.getValue(context);
        String text = key == null ? "" : key.toString();
        return text.isBlank() ? null : text;
    }
}
