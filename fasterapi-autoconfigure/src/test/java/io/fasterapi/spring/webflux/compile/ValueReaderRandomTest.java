package io.fasterapi.spring.webflux.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.http.FastHandler;
import io.fasterapi.http.FastRequest;
import io.fasterapi.route.QueryString;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteMatch;
import io.fasterapi.route.RouteTree;
import io.fasterapi.spring.testing.RandomCases;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.invoke.ArgumentReader;
import io.fasterapi.spring.webflux.invoke.DispatchParts;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.PathVariableMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.RequestHeaderMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.RequestParamMethodArgumentResolver;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Values of random requests, as the direct lane reads them and as Spring's resolvers do: what the
 * lane does not leave to WebFlux is the same, and it leaves little.
 */
class ValueReaderRandomTest {

    private static final int CASES = 20_000;
    private static final String TEMPLATE = "/{a}/x/{b}";
    private static final FastHandler NONE = (request, response) -> {};
    private static final Object FAILED = "Spring fails";
    private static final Object UNRESOLVED = "left to WebFlux";

    private static final RouteTree TREE =
            RouteTree.of(List.of(Route.of("GET", TEMPLATE, null, NONE)));
    private static final PathPattern PATTERN = new PathPatternParser().parse(TEMPLATE);

    private static RunningApplication application;
    private static WebFluxInfrastructure infrastructure;

    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<String> refused = new TreeSet<>();
    private int plain;
    private int plainRead;
    private int read;
    private int failed;

    /** One that the direct lane reads. */
    private record Parameter(
            String label,
            MethodParameter declared,
            ArgumentReader reader,
            HandlerMethodArgumentResolver resolver) {

        boolean isOfPath() {
            return resolver instanceof PathVariableMethodArgumentResolver;
        }

        boolean isOfHeader() {
            return resolver instanceof RequestHeaderMethodArgumentResolver;
        }

        String name() {
            PathVariable path = declared.getParameterAnnotation(PathVariable.class);
            RequestParam query = declared.getParameterAnnotation(RequestParam.class);
            RequestHeader header = declared.getParameterAnnotation(RequestHeader.class);
            String given =
                    path != null ? path.name() : query != null ? query.name() : header.name();
            return given.isEmpty() ? String.valueOf(declared.getParameterName()) : given;
        }

        /** Tells whether a request has just one value for it, which is not empty. */
        boolean isPlain(FastRequest request) {
            if (isOfPath()) {
                return true;
            }
            List<String> texts =
                    isOfHeader() ? request.headers(name()) : request.queryParameters(name());
            return texts.size() == 1 && !texts.get(0).isEmpty();
        }
    }

    @BeforeAll
    static void start() throws NotCompilableException {
        application = RunningApplication.start(Application.class);
        infrastructure =
                WebFluxInfrastructure.of(
                        application.context(),
                        DispatchParts.of(
                                application.bean(DispatcherHandler.class), application.context()));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void valuesAreThoseOfSpringsResolvers() throws NotCompilableException {
        compile(new ValueParameters());
        compile(new ValueParameters.Implementation());
        compile(new ValueParameters.Extension());
        assertThat(parameters).hasSizeGreaterThan(70);
        assertThat(refused)
                .allMatch(
                        label ->
                                label.matches(
                                        ".*: (Optional|List|int\\[]|String\\[]|Class|Duration"
                                                + "|Object|expression.*)"));

        RandomCases.run(CASES, this::compare);

        assertThat(read).as("values read").isGreaterThan(CASES / 7);
        assertThat(failed).as("values that Spring refuses").isGreaterThan(CASES / 5);
        assertThat(plain).as("plain values").isGreaterThan(CASES / 10);
        assertThat(plainRead).as("of %s plain values", plain).isGreaterThan(plain * 97 / 100);
    }

    private void compile(Object bean) throws NotCompilableException {
        ArgumentCompiler compiler = new ArgumentCompiler(infrastructure);
        var factory = application.context().getBeanFactory();
        var registry = infrastructure.registry();
        List<HandlerMethodArgumentResolver> resolvers =
                List.of(
                        new PathVariableMethodArgumentResolver(factory, registry),
                        new RequestParamMethodArgumentResolver(factory, registry, false),
                        new RequestHeaderMethodArgumentResolver(factory, registry));
        for (Class<?> type = bean.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isSynthetic()) {
                    for (MethodParameter each :
                            new HandlerMethod(bean, method).getMethodParameters()) {
                        compile(compiler, each, resolvers);
                    }
                }
            }
        }
    }

    private void compile(
            ArgumentCompiler compiler,
            MethodParameter declared,
            List<HandlerMethodArgumentResolver> resolvers) {
        String label = declared + ": " + declared.getParameterType().getSimpleName();
        try {
            ArgumentReader reader = compiler.compile(declared, List.of("a", "b"));
            for (HandlerMethodArgumentResolver resolver : resolvers) {
                if (resolver.supportsParameter(declared)) {
                    parameters.add(new Parameter(label, declared, reader, resolver));
                    return;
                }
            }
            throw new AssertionError(label + ": Spring has no resolver for it");
        } catch (NotCompilableException ex) {
            String why = ex.restriction().text();
            refused.add(why.contains("expression") ? declared + ": expression" : label);
        }
    }

    private void compare(RandomCases random) throws Throwable {
        Parameter parameter = random.oneOf(parameters);
        SentValues sent =
                new SentValuesSource(
                                random, parameter.name(), parameter.declared().getParameterType())
                        .next();
        QueryString query = new QueryString(sent.query());
        RouteMatch match = TREE.newMatch();
        boolean matched = TREE.match("GET", sent.path(), match) != null;
        if (!query.isLegal() || !matched || match.isEncoded()) {
            return; // none for the direct lane
        }
        HttpHeaders headers = new DefaultHttpHeaders();
        sent.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
        FastRequest request =
                new SentRequest(
                        "GET",
                        sent.path(),
                        match.route(),
                        match.variables(),
                        query,
                        new SentRequest.Content(headers, new byte[0]));
        Object expected = bySpring(parameter, sent);
        Object actual = byLane(parameter, request);

        if (actual != UNRESOLVED) {
            assertThat(comparable(actual))
                    .as("%s of %s", parameter.label(), sent)
                    .isEqualTo(comparable(expected));
            read++;
        }
        if (expected == FAILED) {
            failed++;
        } else if (expected != null && parameter.isPlain(request)) {
            plain++;
            plainRead += actual == UNRESOLVED ? 0 : 1;
        }
    }

    private static @Nullable Object byLane(Parameter parameter, FastRequest request)
            throws Throwable {
        try {
            return parameter.reader().read(request);
        } catch (Exception ex) {
            assertThat(ex.getClass().getSimpleName()).isEqualTo("UnresolvedException");
            return UNRESOLVED;
        }
    }

    private static @Nullable Object bySpring(Parameter parameter, SentValues sent) {
        String target = sent.path() + (sent.query() == null ? "" : "?" + sent.query());
        MockServerHttpRequest.BaseBuilder<?> request =
                MockServerHttpRequest.method(HttpMethod.GET, URI.create(target));
        sent.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
        MockServerWebExchange exchange = MockServerWebExchange.from(request);
        PathPattern.PathMatchInfo info =
                PATTERN.matchAndExtract(
                        PathContainer.parsePath(exchange.getRequest().getPath().value()));
        assertThat(info).as("WebFlux's match of %s", target).isNotNull();
        Map<String, String> variables = info.getUriVariables();
        exchange.getAttributes().put(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, variables);
        BindingContext binding =
                new BindingContext(
                        infrastructure.adapter().getWebBindingInitializer(),
                        infrastructure.registry());
        try {
            return parameter
                    .resolver()
                    .resolveArgument(parameter.declared(), binding, exchange)
                    .block();
        } catch (RuntimeException ex) {
            return FAILED;
        }
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof Pattern pattern ? "pattern " + pattern : value;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
