package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class UsersTest extends OnRealPort {

    @Test
    void createdUserIsFoundWhereLocationPoints() throws Exception {
        HttpResponse<String> created =
                post("/users", "{\"name\":\"Alan Turing\",\"email\":\"alan@example.com\"}");

        assertThat(created.statusCode()).isEqualTo(201);
        String location = created.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/users/" + json(created).get("id").asLong());

        HttpResponse<String> found = get(location);
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(json(found)).isEqualTo(json(created));
        assertThat(json(found).get("name").asString()).isEqualTo("Alan Turing");
    }

    @Test
    void listIsNewestFirstAndLimited() throws Exception {
        post("/users", "{\"name\":\"First\",\"email\":\"first@example.com\"}");
        post("/users", "{\"name\":\"Second\",\"email\":\"second@example.com\"}");

        HttpResponse<String> response = get("/users?limit=2");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).hasSize(2);
        assertThat(json(response).get(0).get("name").asString()).isEqualTo("Second");
        assertThat(json(response).get(1).get("name").asString()).isEqualTo("First");
    }

    @Test
    void invalidUserIsRefusedFieldByField() throws Exception {
        HttpResponse<String> response = post("/users", "{\"name\":\"\",\"email\":\"nobody\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(type(response)).isEqualTo("application/problem+json");
        assertThat(json(response).get("errors"))
                .extracting(error -> error.asString().split(" ")[0])
                .containsExactly("email", "name");
    }

    @Test
    void wrongInputIsABadRequest() throws Exception {
        assertThat(post("/users", "{\"name\":").statusCode()).isEqualTo(400);
        assertThat(get("/users/first").statusCode()).isEqualTo(400);
        assertThat(get("/users?limit=0").statusCode()).isEqualTo(400);
    }

    @Test
    void unknownUserIsNotFound() throws Exception {
        HttpResponse<String> response = get("/users/999999");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("detail").asString()).isEqualTo("No user has the id 999999");
    }

    @Test
    void storeKeepsTheNewestUsersOnly() {
        UserStore store = new UserStore();
        for (int i = 0; i < UserStore.MAX_USERS; i++) {
            store.add(new NewUser("User " + i, "user@example.com"));
        }

        assertThat(store.newest(Integer.MAX_VALUE)).hasSize(UserStore.MAX_USERS);
        assertThat(store.find(1)).isEmpty();
        assertThat(store.find(3)).isPresent();
    }
}
