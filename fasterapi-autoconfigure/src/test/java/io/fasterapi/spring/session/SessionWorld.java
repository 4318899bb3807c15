package io.fasterapi.spring.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.InMemoryWebSessionStore;

/**
 * Spring's session manager with one store, the cookies of its clients, and what can be seen of all
 * this. Ids appear as numbers, in the order in which they were first seen, so that two worlds can
 * be compared. Owned by one thread.
 */
final class SessionWorld {

    private static final Pattern RANDOM_UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final String COOKIE = "SESSION";

    private final DefaultWebSessionManager manager = new DefaultWebSessionManager();
    private final InMemoryWebSessionStore store;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> cookies = new ArrayList<>();
    private final List<@Nullable WebSession> held = new ArrayList<>();
    private MockServerWebExchange exchange =
            MockServerWebExchange.from(MockServerHttpRequest.get("/"));

    SessionWorld(InMemoryWebSessionStore store, int clients) {
        this.store = store;
        manager.setSessionStore(store);
        for (int i = 0; i < clients; i++) {
            cookies.add("");
            held.add(null);
        }
    }

    InMemoryWebSessionStore store() {
        return store;
    }

    /** Begins a request with the cookie of a client. */
    void begin(int client) {
        begin(List.of(cookies.get(client)));
    }

    /** Begins a request with any ids that were seen; a number that no id has stands for no id. */
    void beginWith(List<Integer> known) {
        begin(known.stream().map(each -> each < ids.size() ? ids.get(each) : "no-id").toList());
    }

    private void begin(List<String> values) {
        MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/");
        for (String value : values) {
            if (!value.isEmpty()) {
                request.cookie(new HttpCookie(COOKIE, value));
            }
        }
        exchange = MockServerWebExchange.builder(request.build()).sessionManager(manager).build();
    }

    WebSession session() {
        WebSession session = exchange.getSession().block();
        if (session == null) {
            throw new AssertionError("no session");
        }
        return session;
    }

    /** Lets a client keep its session beyond the request, as a stream does. */
    void hold(int client) {
        held.set(client, session());
    }

    @Nullable WebSession held(int client) {
        return held.get(client);
    }

    /** Commits the answer; the client takes its cookie. Returns what can be seen of it. */
    String end(int client) {
        String outcome = outcome(() -> exchange.getResponse().setComplete().block());
        StringBuilder seen = new StringBuilder(outcome);
        for (ResponseCookie cookie :
                exchange.getResponse().getCookies().toSingleValueMap().values()) {
            seen.append(" ").append(numbered(cookie.toString()));
            cookies.set(client, cookie.getValue());
        }
        return seen.toString();
    }

    String removeSession(int number) {
        return outcome(() -> store.removeSession(ids.get(number % ids.size())).block());
    }

    boolean hasIds() {
        return !ids.isEmpty();
    }

    /** Returns the numbers of the sessions in the store. */
    Set<Integer> stored() {
        return store.getSessions().keySet().stream().map(this::number).collect(Collectors.toSet());
    }

    /** Returns what is in the store, by number. */
    Map<Integer, List<Object>> contents() {
        Map<Integer, List<Object>> all = new HashMap<>();
        store.getSessions().forEach((id, session) -> all.put(number(id), describe(session)));
        return all;
    }

    /** Returns what can be seen of a session without asking for its id. */
    static List<Object> describe(WebSession session) {
        return List.of(
                Map.copyOf(session.getAttributes()),
                session.isStarted(),
                session.getCreationTime(),
                session.getLastAccessTime(),
                session.getMaxIdleTime(),
                session.isExpired());
    }

    /** Returns a value or the exception, with numbers instead of ids. */
    String outcome(Supplier<@Nullable Object> action) {
        try {
            return numbered(String.valueOf(action.get()));
        } catch (RuntimeException ex) {
            return numbered(ex.getClass().getName() + ": " + ex.getMessage());
        }
    }

    private String numbered(String text) {
        Matcher matcher = RANDOM_UUID.matcher(text);
        return matcher.replaceAll(found -> "#" + number(found.group()));
    }

    /** Fails for an id that is no random UUID. */
    private int number(String id) {
        return numbers.computeIfAbsent(
                id,
                each -> {
                    if (!RANDOM_UUID.matcher(each).matches()) {
                        throw new AssertionError("id: " + each + " (expected: a random UUID)");
                    }
                    ids.add(each);
                    return ids.size() - 1;
                });
    }
}
