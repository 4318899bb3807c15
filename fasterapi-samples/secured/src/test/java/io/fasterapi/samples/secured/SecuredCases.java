package io.fasterapi.samples.secured;

import static io.fasterapi.spring.equality.RequestText.FORM;
import static io.fasterapi.spring.equality.RequestText.get;
import static io.fasterapi.spring.equality.RequestText.post;

import io.fasterapi.spring.equality.CaseBook;
import io.fasterapi.spring.equality.EqualityCase;
import io.fasterapi.spring.equality.RepeatedCases;
import io.fasterapi.spring.equality.Spellings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Requests with and without credentials, each several times: what is learnt must open nothing. */
final class SecuredCases {

    private static final List<String> PATHS =
            List.of(
                    "/json",
                    "/guarded/plain",
                    "/guarded/json",
                    "/guarded/items/7",
                    "/vault/gold",
                    "/list",
                    "/token/needed",
                    "/accounts/mine",
                    "/accounts/user",
                    "/accounts/admin");

    private static final List<String> SPELT =
            List.of("/guarded/items/7", "/vault/gold", "/list", "/accounts/mine");

    private SecuredCases() {}

    static List<EqualityCase> list() {
        CaseBook book = new CaseBook();
        for (String path : PATHS) {
            EqualityCase turns = book.add("in turn " + path).withoutProbe();
            RepeatedCases.inTurn(turns, inTurn(path), true);
        }
        for (String path : SPELT) {
            Spellings.addTo(book, "nobody", path);
        }
        Spellings.addTo(book, "user", "/vault/gold", credentials("user", "secret"));
        form(book);
        return book.cases();
    }

    /** Whoever may, may; and those that come between may not for that. */
    private static List<String> inTurn(String path) {
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            requests.add(get(path, credentials("admin", "secret")));
            requests.add(get(path));
            requests.add(get(path, credentials("user", "secret")));
            requests.add(get(path, credentials("user", "wrong")));
            requests.add(get(path, credentials("nobody", "secret")));
            requests.add(get(path, "Authorization: Basic ???"));
            requests.add(get(path, credentials("user", "secret"), "Accept: text/plain"));
        }
        return requests;
    }

    private static void form(CaseBook book) {
        String who = credentials("user", "secret");
        String cookie = "Cookie: XSRF-TOKEN=given";
        List<String> requests =
                List.of(
                        post("/transfers", FORM, "to=a", who),
                        post("/transfers", FORM, "to=a", who, cookie),
                        post("/transfers", FORM, "to=a", who, cookie, "X-XSRF-TOKEN: other"),
                        post("/transfers", FORM, "to=a", who, cookie, "X-XSRF-TOKEN: given"),
                        post("/transfers", FORM, "to=a", cookie, "X-XSRF-TOKEN: given"));
        for (int i = 0; i < requests.size(); i++) {
            EqualityCase turns = book.add("form " + i).withoutProbe();
            RepeatedCases.inTurn(turns, List.of(requests.get(i), requests.get(i)), true);
        }
    }

    private static String credentials(String user, String password) {
        byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.US_ASCII);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(bytes);
    }
}
