package io.github.hasura4j.spring.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.DeliveryInfo;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.ActionArgument;
import io.github.hasura4j.spring.ActionResult;
import io.github.hasura4j.spring.AuthHookResult;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraExceptionHandler;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.SelectedFields;
import io.github.hasura4j.spring.SessionVariable;
import io.github.hasura4j.spring.WebhookHeader;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.elsewhere.PackagePrivateHandler;
import jakarta.servlet.http.HttpServletRequest;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.EntityResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each mistake stops the application with one sentence that says what to change. */
class HandlerMistakeTests {

    private static final String HERE = "io.github.hasura4j.spring.dispatch.HandlerMistakeTests$";

    @Test
    void twoHandlersForOneName() {
        assertMistake("""
                Two handlers for the action 'login': ${HERE}One.login() of bean 'handlerMistakeTests.One' and \
                ${HERE}Two.signIn(String) of bean 'handlerMistakeTests.Two'. Give one of them another name, or remove it""", One.class, Two.class);
    }

    static class One {
        @HasuraAction
        void login() {}
    }

    static class Two {
        @HasuraAction("login")
        void signIn(String name) {}
    }

    @Test
    void privateMethod() {
        assertMistake(
                "${HERE}Private.login() is private, so no proxy of its bean can pass a call on. Remove 'private'",
                Private.class);
    }

    static class Private {
        @HasuraAction
        private void login() {}
    }

    @Test
    void staticMethod() {
        assertMistake(
                "${HERE}Static.login() is static, but handlers are called on a bean. Remove 'static'", Static.class);
    }

    static class Static {
        @HasuraAction
        static void login() {}
    }

    @Test
    void methodThatAJdkProxyHides() {
        assertMistake("""
                ${HERE}Hidden.login() cannot be called: the bean 'hidden' is a JDK proxy, which shows nothing but \
                interfaces. Declare the method in an interface of the class, or ask for class-based proxies \
                (proxyTargetClass = true)""", HidingProxies.class);
    }

    static class Hidden implements Runnable {
        @HasuraAction
        void login() {}

        @Override
        public void run() {}
    }

    static class FinalOne {
        @HasuraAction
        final void login() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class HidingProxies {

        @Bean
        Hidden hidden() {
            return new Hidden();
        }

        @Bean
        MethodInterceptor nothing() {
            return invocation -> invocation.proceed();
        }

        @Bean
        static BeanNameAutoProxyCreator proxies() {
            var proxies = new BeanNameAutoProxyCreator();
            proxies.setBeanNames("hidden");
            proxies.setInterceptorNames("nothing");
            return proxies;
        }
    }

    @Test
    void finalMethodBehindAClassProxy() {
        assertMistake(
                "${HERE}FinalOne.login() is final, so the proxy around its bean cannot pass the call on. Remove 'final'",
                FinalBehindProxy.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class FinalBehindProxy {

        @Bean
        FinalOne finalOne() {
            return new FinalOne();
        }

        @Bean
        MethodInterceptor nothing() {
            return invocation -> invocation.proceed();
        }

        @Bean
        static BeanNameAutoProxyCreator proxies() {
            var proxies = new BeanNameAutoProxyCreator();
            proxies.setBeanNames("finalOne");
            proxies.setInterceptorNames("nothing");
            proxies.setProxyTargetClass(true);
            return proxies;
        }
    }

    @Test
    void methodThatNoProxyCanOverride() {
        assertMistake("""
                ${HERE}Heir.login() is package-private in another package than its bean's class, so the proxy around the bean \
                cannot pass the call on. Make it protected or public""", HeirBehindProxy.class);
    }

    @Test
    void packagePrivateMethodOfAnotherPackageIsFineWithoutAProxy() {
        try (var dispatching = Dispatching.to(Heir.class)) {
            assertThat(dispatching.action("login", "{}").status()).isEqualTo(200);
        }
    }

    static class Heir extends PackagePrivateHandler {}

    @Configuration(proxyBeanMethods = false)
    static class HeirBehindProxy {

        @Bean
        Heir heir() {
            return new Heir();
        }

        @Bean
        MethodInterceptor nothing() {
            return invocation -> invocation.proceed();
        }

        @Bean
        static BeanNameAutoProxyCreator proxies() {
            var proxies = new BeanNameAutoProxyCreator();
            proxies.setBeanNames("heir");
            proxies.setInterceptorNames("nothing");
            proxies.setProxyTargetClass(true);
            return proxies;
        }
    }

    @Test
    void beanInsteadOfInput() {
        String advice = " is a bean of this application, and handlers take what the engine sends. Inject it into the"
                + " constructor of the class";
        assertMistake(
                "${HERE}TakingABean.login(String, Nothing): parameter 2 (Nothing service)" + advice
                        + ", or say @ActionArgument if it is an argument all the same",
                TakingABean.class,
                Nothing.class);
        assertMistake(
                "${HERE}TakingABeanForARow.changed(Row, Nothing): parameter 2 (Nothing service)" + advice,
                TakingABeanForARow.class,
                Nothing.class);
    }

    static class TakingABean {
        @HasuraAction
        void login(String name, Nothing service) {}
    }

    static class TakingABeanForARow {
        @HasuraEvent
        void changed(Row row, Nothing service) {}
    }

    @Test
    void inputThatJacksonCannotBuild() {
        String sentence = """
                takes a Shape, which is an interface or an abstract class that Jackson knows no implementation of. Take a \
                record or a class, or name the implementations with @JsonTypeInfo and @JsonSubTypes""";
        assertMistake("${HERE}Shapes.draw(Shape) " + sentence, Shapes.class);
        assertMistake("${HERE}ShapePayload.draw(ActionPayload) " + sentence, ShapePayload.class);
        assertMistake("${HERE}ShapeArgument.draw(String, Shape) " + sentence, ShapeArgument.class);
        assertMistake("${HERE}ShapeRow.drawn(Shape) " + sentence, ShapeRow.class);
    }

    @Test
    void inputThatJacksonRefuses() {
        assertMistakeBegins(
                "${HERE}Ambiguous.login(TwoSetters) takes something that Jackson cannot read: Conflicting",
                Ambiguous.class);
    }

    static class TwoSetters {
        public void setId(Integer id) {}

        public void setId(Other id) {}
    }

    static class Ambiguous {
        @HasuraAction
        void login(TwoSetters input) {}
    }

    interface Shape {}

    static class Shapes {
        @HasuraAction
        void draw(Shape shape) {}
    }

    static class ShapePayload {
        @HasuraAction
        void draw(ActionPayload<Shape> payload) {}
    }

    static class ShapeArgument {
        @HasuraAction
        void draw(String colour, Shape shape) {}
    }

    static class ShapeRow {
        @HasuraEvent
        void drawn(Shape shape) {}
    }

    @Test
    void parameterNobodyKnows() {
        assertMistake("""
                ${HERE}WithRequest.login(HttpServletRequest): nothing can fill parameter 1 (HttpServletRequest request). \
                Handlers of an action take, in any order: the whole input (one record, class or Map), single arguments by \
                name (@ActionArgument names them), ActionPayload<Input>, SelectedFields, SessionVariables, \
                @SessionVariable values, @Fetch values, WebhookHeaders, @WebhookHeader String, @WebhookCookie String, HasuraClient if one is \
                configured, and what a HandlerArgumentResolver bean of yours knows""", WithRequest.class);
    }

    static class WithRequest {
        @HasuraAction
        void login(HttpServletRequest request) {}
    }

    @Test
    void partOfAnEventInAnAction() {
        assertMistakeBegins(
                "${HERE}DeliveredAction.login(DeliveryInfo): nothing can fill parameter 1 (DeliveryInfo delivery).",
                DeliveredAction.class);
    }

    static class DeliveredAction {
        @HasuraAction
        void login(DeliveryInfo delivery) {}
    }

    @Test
    void selectedFieldsOfAnEvent() {
        assertMistakeBegins("""
                ${HERE}SelectiveEvent.newUser(Row, SelectedFields): nothing can fill parameter 2 (SelectedFields wanted). \
                Handlers of an event trigger take""", SelectiveEvent.class);
    }

    static class SelectiveEvent {
        @HasuraEvent
        void newUser(Row row, SelectedFields wanted) {}
    }

    @Test
    void simpleTypeInAnEvent() {
        assertMistake("""
                ${HERE}NamedColumn.newUser(String): nothing can fill parameter 1 (String name). Handlers of an event \
                trigger take, in any order: the row (one record, class or Map), @NewRow and @OldRow, EventPayload<New, \
                Old>, DeliveryInfo, TableName, Operation, TraceContext, SessionVariables, @SessionVariable values, \
                @Fetch values, WebhookHeaders, @WebhookHeader String, @WebhookCookie String, HasuraClient if one is configured, and what a HandlerArgumentResolver bean of yours knows""", NamedColumn.class);
    }

    static class NamedColumn {
        @HasuraEvent
        void newUser(String name) {}
    }

    @Test
    void twoRows() {
        assertMistakeBegins(
                "${HERE}TwoRows.changed(Row,Row): nothing can fill parameter 2 (Row after).".replace(",R", ", R"),
                TwoRows.class);
    }

    record Row(Integer id) {}

    static class Nothing {}

    record Other(Integer id) {}

    static class TwoRows {
        @HasuraEvent
        void changed(Row before, Row after) {}
    }

    @Test
    void rowAndPayloadThatContradictEachOther() {
        assertMistake("""
                ${HERE}RowAndPayload.changed(EventPayload, Row) takes rows of its own and an EventPayload of other rows; \
                they are read once. Write EventPayload<Row, Row>, or take the rows from its newRow() and oldRow()""", RowAndPayload.class);
    }

    static class RowAndPayload {
        @HasuraEvent
        void changed(EventPayload<Other, Void> payload, Row row) {}
    }

    @Test
    void inputAndPayloadThatContradictEachOther() {
        assertMistake("""
                ${HERE}TwoInputs.login(ActionPayload, Other) wants the input as Row and as Other; it is read once, into one \
                type. Use the same type for both, or remove one of the parameters""", TwoInputs.class);
    }

    static class TwoInputs {
        @HasuraAction
        void login(ActionPayload<Row> payload, Other input) {}
    }

    @Test
    void singleArgumentsBesideATypedPayload() {
        assertMistake("""
                ${HERE}ArgumentsAndPayload.login(ActionPayload, String) takes single arguments and an ActionPayload with an \
                input type of its own; the input is read once, so it can be one of them only. Write ActionPayload<?>, or \
                take the arguments from its input()""", ArgumentsAndPayload.class);
    }

    static class ArgumentsAndPayload {
        @HasuraAction
        void login(ActionPayload<Row> payload, String name) {}
    }

    @Test
    void oneArgumentTwice() {
        assertMistake("""
                ${HERE}Twice.login(String, String) takes the argument 'name' twice. Remove one, or give it the right name \
                with @ActionArgument""", Twice.class);
    }

    static class Twice {
        @HasuraAction
        void login(String name, @ActionArgument("name") String again) {}
    }

    @Test
    @SuppressWarnings("rawtypes")
    void payloadWithoutInputType() {
        assertMistake("""
                ${HERE}RawPayload.login(ActionPayload) takes an ActionPayload without saying its input type. Write \
                ActionPayload<YourInput>, ActionPayload<Void> for an action without arguments, or ActionPayload<?>""", RawPayload.class);
        assertMistake("""
                ${HERE}RawEvent.changed(EventPayload) takes an EventPayload without saying its row types. Write \
                EventPayload<NewRow, OldRow>, with Void for a row you do not want""", RawEvent.class);
    }

    @SuppressWarnings("rawtypes")
    static class RawPayload {
        @HasuraAction
        void login(ActionPayload payload) {}
    }

    @SuppressWarnings("rawtypes")
    static class RawEvent {
        @HasuraEvent
        void changed(EventPayload payload) {}
    }

    @Test
    void typeVariableThatStaysOpen() {
        assertMistake("""
                ${HERE}Open.calculate(Object): the type of parameter 1 (Object input) is a type variable that the class of \
                bean 'handlerMistakeTests.Open' does not fix. Extend the generic class with real types, or override the \
                method with them""", Open.class);
    }

    static class Open<T> {
        @HasuraAction
        void calculate(T input) {}
    }

    @Test
    void headerThatIsNoText() {
        assertMistake(
                "${HERE}NumberHeader.login(int): @WebhookHeader(\"x-count\") needs a String, not int",
                NumberHeader.class);
    }

    static class NumberHeader {
        @HasuraAction
        void login(@WebhookHeader("x-count") int count) {}
    }

    @Test
    void clientThatIsNotThere() {
        assertMistake("""
                ${HERE}Calling.login(HasuraClient): it takes a HasuraClient, but there is none. Set hasura.client.endpoint, \
                or define a HasuraClient bean""", Calling.class);
    }

    static class Calling {
        @HasuraAction
        void login(HasuraClient client) {}
    }

    @Test
    void returnTypesNobodyCanWaitFor() {
        assertMistake("""
                ${HERE}Publishing.login() returns a Publisher, but the answer is one value, now or later. Return the value \
                itself, a CompletableFuture, or a Mono""", Publishing.class);
        assertMistakeBegins("${HERE}Streaming.login() returns a Flux, but the answer is one value", Streaming.class);
        assertMistakeBegins("${HERE}Blocking.login() returns a Future, but the answer is one value", Blocking.class);
    }

    static class Streaming {
        @HasuraAction
        reactor.core.publisher.Flux<String> login() {
            return reactor.core.publisher.Flux.just("a", "b");
        }
    }

    static class Blocking {
        @HasuraAction
        java.util.concurrent.Future<String> login() {
            return CompletableFuture.completedFuture("token");
        }
    }

    @Test
    void returnTypesOfControllers() {
        String advice = """
                , which is for controllers; the engine takes the action's value alone. Return the value itself, and refuse by \
                throwing a HasuraActionException""";
        assertMistake("${HERE}Controller.login() returns a ResponseEntity" + advice, Controller.class);
        assertMistake("${HERE}ViewController.login() returns a ModelAndView" + advice, ViewController.class);
        assertMistakeBegins("${HERE}Functional.login() returns a EntityResponse, which", Functional.class);
        assertMistakeBegins(
                "${HERE}Deferring.login() returns a DeferredResult, but the answer is one value", Deferring.class);
        assertMistakeBegins("${HERE}Calls.login() returns a Callable, but the answer is one value", Calls.class);
    }

    static class Controller {
        @HasuraAction
        ResponseEntity<String> login() {
            return ResponseEntity.ok("token");
        }
    }

    static class ViewController {
        @HasuraAction
        ModelAndView login() {
            return new ModelAndView();
        }
    }

    static class Functional {
        @HasuraAction
        EntityResponse<String> login() {
            return EntityResponse.fromObject("token").build();
        }
    }

    static class Deferring {
        @HasuraAction
        DeferredResult<String> login() {
            return new DeferredResult<>();
        }
    }

    static class Calls {
        @HasuraAction
        Callable<String> login() {
            return () -> "token";
        }
    }

    static class Publishing {
        @HasuraAction
        Flow.Publisher<String> login() {
            return subscriber -> {};
        }
    }

    @Test
    void noSecret() {
        try (var dispatching = Dispatching.to(One.class)
                .settings(new WebhookSettings("X-Webhook-Secret", List.of(" "), false, 1000))) {
            assertThatThrownBy(dispatching::start)
                    .isInstanceOf(MissingSecretException.class)
                    .hasMessage(
                            "Found 1 handler(s) for Hasura but no webhook secret, so anybody could call them in anybody's name");
        }
    }

    @Test
    void noSecretIsFineWithoutHandlers() {
        try (var dispatching = Dispatching.to(Nothing.class)
                .settings(new WebhookSettings("X-Webhook-Secret", List.of(), false, 1000))) {
            assertThat(dispatching.handlers()).isEmpty();
        }
    }

    @Test
    void cronTextThatIsNone() {
        assertMistake("""
                ${HERE}Secondly.tick() has the cron text '*/5 * * * * *', which the engine does not understand. It takes five \
                fields, minute, hour, day of month, month and day of week, such as '0 22 * * 1-5'""", Secondly.class);
        assertMistakeBegins("${HERE}Never.tick() has the cron text '61 * * * *'", Never.class);
        assertMistakeBegins("${HERE}Words.tick() has the cron text 'every day'", Words.class);
    }

    static class Secondly {
        @HasuraScheduled(cron = "*/5 * * * * *")
        void tick() {}
    }

    static class Never {
        @HasuraScheduled(cron = "61 * * * *")
        void tick() {}
    }

    static class Words {
        @HasuraScheduled(cron = "every day")
        void tick() {}
    }

    @Test
    void twoPayloadsOfASchedule() {
        assertMistakeBegins("""
                ${HERE}TwoPayloads.tick(Row, Other): nothing can fill parameter 2 (Other other). Handlers of a scheduled trigger \
                take, in any order: the payload (one parameter of any type), ScheduledPayload<Payload>, @Fetch values, WebhookHeaders""", TwoPayloads.class);
    }

    static class TwoPayloads {
        @HasuraScheduled
        void tick(Row row, Other other) {}
    }

    @Test
    void scheduledPayloadWithoutAType() {
        assertMistake("""
                ${HERE}RawSchedule.tick(ScheduledPayload) takes a ScheduledPayload without saying its type. Write \
                ScheduledPayload<YourType>, ScheduledPayload<Void> if you do not want what was sent, or ScheduledPayload<?>""", RawSchedule.class);
    }

    @SuppressWarnings("rawtypes")
    static class RawSchedule {
        @HasuraScheduled
        void tick(ScheduledPayload due) {}
    }

    @Test
    void sessionOfASchedule() {
        assertMistakeBegins("${HERE}WhoTicks.tick(SessionVariables): nothing can fill parameter 1", WhoTicks.class);
        assertMistake("""
                ${HERE}WhoseTick.tick(String): @SessionVariable("x-hasura-user-id") finds no session: a call of the kind \
                'scheduled trigger' comes without one. Remove the parameter""", WhoseTick.class);
    }

    static class WhoTicks {
        @HasuraScheduled
        void tick(SessionVariables who) {}
    }

    static class WhoseTick {
        @HasuraScheduled
        void tick(@SessionVariable("x-hasura-user-id") String who) {}
    }

    @Test
    void oneRowToValidate() {
        assertMistake("""
                ${HERE}OneRow.check(Row) takes parameter 1 (Row row), but what is to be validated is a list: the rows of an insert, \
                or the arguments of an update or delete. Write List<Row>""", OneRow.class);
    }

    static class OneRow {
        @HasuraValidation
        void check(Row row) {}
    }

    @Test
    void inputOfAnAuthHook() {
        assertMistake("""
                ${HERE}HookWithInput.who(Row): nothing can fill parameter 1 (Row row). Handlers of an auth hook take, in any order: \
                AuthHookPayload, WebhookHeaders, @WebhookHeader String, @WebhookCookie String, HasuraClient if one is configured, and \
                what a HandlerArgumentResolver bean of yours knows""", HookWithInput.class);
    }

    static class HookWithInput {
        @HasuraAuthHook
        AuthHookResult who(Row row) {
            return AuthHookResult.ofRole("user");
        }
    }

    @Test
    void authHookThatSaysNothing() {
        assertMistake("""
                ${HERE}MuteHook.who() returns void, but an auth hook says who the client is. Return an AuthHookResult, \
                SessionVariables or a Map of session variables, and null to refuse""", MuteHook.class);
        assertMistakeBegins("${HERE}WrongHook.who() returns String, but an auth hook says", WrongHook.class);
    }

    static class MuteHook {
        @HasuraAuthHook
        void who() {}
    }

    static class WrongHook {
        @HasuraAuthHook
        Optional<String> who() {
            return Optional.empty();
        }
    }

    @Test
    void twoAuthHooks() {
        assertThatThrownBy(Dispatching.to(OneHook.class, OtherHook.class)::start)
                .isInstanceOf(InvalidHandlerException.class)
                .hasMessageStartingWith("Two handlers for the auth hook: ")
                .hasMessageContainingAll("OneHook.who()", "OtherHook.authenticate()")
                .hasMessageEndingWith("An engine has one auth hook: remove one of them");
    }

    static class OneHook {
        @HasuraAuthHook
        AuthHookResult who() {
            return AuthHookResult.ofRole("user");
        }
    }

    static class OtherHook {
        @HasuraAuthHook
        AuthHookResult authenticate() {
            return AuthHookResult.ofRole("user");
        }
    }

    @Test
    void cookiesWhereNobodyTakesThem() {
        assertMistake("""
                ${HERE}CookieEvent.changed() returns an ActionResult, but the engine passes nothing on for an event trigger. Return \
                nothing, or the plain value""", CookieEvent.class);
    }

    static class CookieEvent {
        @HasuraEvent
        ActionResult<String> changed() {
            return ActionResult.of("x");
        }
    }

    @Test
    void exceptionHandlersThatCompete() {
        assertThatThrownBy(Dispatching.to(OneAdvice.class, OtherAdvice.class)::start)
                .isInstanceOf(InvalidHandlerException.class)
                .hasMessageStartingWith("Two exception handlers for IllegalStateException: ")
                .hasMessageContainingAll(
                        "OneAdvice.handle(IllegalStateException)", "OtherAdvice.handle(IllegalStateException)")
                .hasMessageEndingWith("Remove one of them, or narrow its type");
    }

    static class OneAdvice {
        @HasuraExceptionHandler
        HasuraActionException handle(IllegalStateException e) {
            return HasuraActionException.of("one", "One");
        }
    }

    static class OtherAdvice {
        @HasuraExceptionHandler
        HasuraActionException handle(IllegalStateException e) {
            return HasuraActionException.of("other", "Other");
        }
    }

    @Test
    void exceptionHandlersThatCannotWork() {
        assertMistake("""
                ${HERE}ForNothing.handle() does not say which exceptions it handles. Give it the exception as a parameter, or name \
                the types in @HasuraExceptionHandler""", ForNothing.class);
        assertMistake("""
                ${HERE}OddParameter.handle(IllegalStateException, String): nothing can fill parameter String. An exception handler \
                takes, in any order: the exception, the WebhookCall, SessionVariables""", OddParameter.class);
        assertMistake("""
                ${HERE}OddResult.handle(IllegalStateException) returns String. An exception handler returns the \
                HasuraActionException to answer, or an ActionError, or null for what it leaves to others""", OddResult.class);
        assertMistake("""
                ${HERE}TooNarrow.handle(IllegalStateException) handles exceptions that its parameter IllegalStateException cannot \
                take. Give the parameter a type they have in common""", TooNarrow.class);
        assertMistake(
                "${HERE}PrivateAdvice.handle(IllegalStateException) is private, so no proxy of its bean can pass a call on. Remove 'private'",
                PrivateAdvice.class);
    }

    static class ForNothing {
        @HasuraExceptionHandler
        HasuraActionException handle() {
            return HasuraActionException.of("x", "X");
        }
    }

    static class OddParameter {
        @HasuraExceptionHandler
        HasuraActionException handle(IllegalStateException e, String text) {
            return HasuraActionException.of("x", "X");
        }
    }

    static class OddResult {
        @HasuraExceptionHandler
        String handle(IllegalStateException e) {
            return "x";
        }
    }

    static class TooNarrow {
        @HasuraExceptionHandler(IOException.class)
        HasuraActionException handle(IllegalStateException e) {
            return HasuraActionException.of("x", "X");
        }
    }

    static class PrivateAdvice {
        @HasuraExceptionHandler
        private HasuraActionException handle(IllegalStateException e) {
            return HasuraActionException.of("x", "X");
        }
    }

    @Test
    void noSecretForTheAuthHook() {
        Map<WebhookKind, WebhookSettings.Access> access = new EnumMap<>(WebhookKind.class);
        for (WebhookKind kind : WebhookKind.values()) {
            List<String> secrets = kind == WebhookKind.AUTH_HOOK ? List.of() : List.of("secret");
            access.put(kind, new WebhookSettings.Access("X-Webhook-Secret", secrets, false));
        }
        try (var dispatching = Dispatching.to(OneHook.class)
                .settings(new WebhookSettings(access, List.of(), 1000, Duration.ofSeconds(1)))) {
            assertThatThrownBy(dispatching::start)
                    .isInstanceOf(MissingSecretException.class)
                    .hasMessage("Found an auth hook but no secret for it, so anybody could try credentials on it");
        }
    }

    private static void assertMistake(String sentence, Class<?>... beans) {
        try (var dispatching = Dispatching.to(beans)) {
            assertThatThrownBy(dispatching::start)
                    .isInstanceOf(InvalidHandlerException.class)
                    .hasMessage(sentence.replace("${HERE}", HERE));
        }
    }

    private static void assertMistakeBegins(String sentence, Class<?>... beans) {
        try (var dispatching = Dispatching.to(beans)) {
            assertThatThrownBy(dispatching::start)
                    .isInstanceOf(InvalidHandlerException.class)
                    .hasMessageStartingWith(sentence.replace("${HERE}", HERE));
        }
    }
}
