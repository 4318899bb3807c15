package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonView;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is written depends on more than the value: inherited views, the type as declared. */
class JsonShapesEqualityTest extends ComparedSettings {

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    /** Else what is not for everybody is given away. */
    @ParameterizedTest
    @EnumSource
    void aViewOfTheInterfaceIsTheMethods(Setting setting) throws IOException {
        for (String path : List.of("/view/api", "/view/api-later", "/view/base")) {
            String body = assertLikeStock(setting, "GET " + path, request("GET", path)).text();
            assertThat(body).isEqualTo("{\"name\":\"ann\"}");
        }
        String all = request("GET", "/view/api-all");
        assertThat(assertLikeStock(setting, "GET /view/api-all", all).text())
                .isEqualTo("[{\"name\":\"ann\"}]");
    }

    /** Else a client sets what it must not. */
    @ParameterizedTest
    @EnumSource
    void aViewOfTheInterfacesParameterIsTheBodys(Setting setting) throws IOException {
        String sent = json("/view/read", "{\"name\":\"bob\",\"secret\":\"mine\"}");
        assertThat(assertLikeStock(setting, "POST /view/read", sent).text()).isEqualTo("bob null");
    }

    @ParameterizedTest
    @EnumSource
    void aTypeVariableOfARecordHasNoTypeId(Setting setting) throws IOException {
        String body =
                assertLikeStock(setting, "GET /typed/one", request("GET", "/typed/one")).text();
        assertThat(body).isEqualTo("{\"data\":{\"bark\":\"wow\"},\"code\":0}");
    }

    @ParameterizedTest
    @CsvSource({
        "DIRECT_INLINE,/typed/many",
        "DIRECT_CORE,/typed/many",
        "FILTERED_CORE,/typed/many",
        "DIRECT_INLINE,/typed/later",
        "DIRECT_CORE,/typed/later",
        "FILTERED_CORE,/typed/later",
        "DIRECT_INLINE,/typed/bare",
        "DIRECT_CORE,/typed/bare",
        "FILTERED_CORE,/typed/bare",
        "DIRECT_INLINE,/typed/bare-list",
        "DIRECT_CORE,/typed/bare-list",
        "DIRECT_INLINE,/typed/wild",
        "FILTERED_INLINE,/typed/wild"
    })
    void typeIdsAreWhereStockWritesThem(Setting setting, String path) throws IOException {
        assertLikeStock(setting, "GET " + path, request("GET", path));
    }

    interface Everybody {}

    interface Nobody {}

    record Account(@JsonView(Everybody.class) String name, @JsonView(Nobody.class) String secret) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Dog.class, name = "dog"),
        @JsonSubTypes.Type(value = Cat.class, name = "cat")
    })
    interface Animal {}

    record Dog(String bark) implements Animal {}

    record Cat(String meow) implements Animal {}

    record Envelope<T>(T data, int code) {}

    interface Api {

        @JsonView(Everybody.class)
        @GetMapping("/view/api")
        Account account();

        @JsonView(Everybody.class)
        @GetMapping("/view/api-later")
        Mono<ResponseEntity<Account>> accountLater();

        @JsonView(Everybody.class)
        @GetMapping("/view/api-all")
        Flux<Account> accounts();

        @PostMapping("/view/read")
        String read(@RequestBody @JsonView(Everybody.class) Account account);
    }

    abstract static class Base {

        @JsonView(Everybody.class)
        @GetMapping("/view/base")
        abstract Account ofBase();
    }

    @RestController
    static class Views extends Base implements Api {

        @Override
        public Account account() {
            return new Account("ann", "s3cr3t");
        }

        @Override
        public Mono<ResponseEntity<Account>> accountLater() {
            return Mono.just(ResponseEntity.ok(account()));
        }

        @Override
        public Flux<Account> accounts() {
            return Flux.just(account());
        }

        @Override
        public String read(Account account) {
            return account.name() + " " + account.secret();
        }

        @Override
        Account ofBase() {
            return account();
        }
    }

    @RestController
    static class Typed {

        @GetMapping("/typed/one")
        Envelope<Animal> one() {
            return new Envelope<>(new Dog("wow"), 0);
        }

        @GetMapping("/typed/many")
        Envelope<List<Animal>> many() {
            return new Envelope<>(bareList(), 0);
        }

        @GetMapping("/typed/later")
        Mono<ResponseEntity<Envelope<List<Animal>>>> later() {
            return Mono.just(ResponseEntity.ok(many()));
        }

        @GetMapping("/typed/bare")
        Animal bare() {
            return new Dog("wow");
        }

        @GetMapping("/typed/bare-list")
        List<Animal> bareList() {
            return List.of(new Dog("wow"), new Cat("mew"));
        }

        @GetMapping("/typed/wild")
        ResponseEntity<?> wild() {
            return ResponseEntity.ok(new Envelope<>(new Cat("mew"), 1));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Views.class, Typed.class})
    static class Application {}
}
