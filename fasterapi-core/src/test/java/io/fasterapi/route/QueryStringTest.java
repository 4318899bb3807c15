package io.fasterapi.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {

    @Test
    void returnsValuesInOrderAndDecoded() {
        QueryString query = new QueryString("a=1&b=x+y%2Bz&a=%C3%A9&=c&d&e=&f=g=h&&%26=%3D");
        assertThat(query.all("a")).containsExactly("1", "é");
        assertThat(first(query, "a")).isEqualTo("1");
        assertThat(first(query, "b")).isEqualTo("x y+z");
        assertThat(query.all("c")).containsExactly((String) null);
        assertThat(query.all("d")).containsExactly((String) null);
        assertThat(first(query, "d")).isNull();
        assertThat(first(query, "e")).isEmpty();
        assertThat(first(query, "f")).isEqualTo("g=h");
        assertThat(first(query, "&")).isEqualTo("=");
        assertThat(query.all("nothing")).isEmpty();
        assertThat(first(query, "nothing")).isNull();
        assertThat(query.parameters().keySet()).containsExactly("a", "b", "c", "d", "e", "f", "&");
    }

    @Test
    void isEmptyWithoutAQuery() {
        assertThat(new QueryString(null).parameters()).isEmpty();
        assertThat(new QueryString("").parameters()).isEmpty();
        assertThat(new QueryString("&&=").parameters()).isEmpty();
    }

    @Test
    void leavesMalformedEscapesAsTheyAre() {
        QueryString query = new QueryString("a=%zz&b=%4&%=c&d=100%");
        assertThat(first(query, "a")).isEqualTo("%zz");
        assertThat(first(query, "b")).isEqualTo("%4");
        assertThat(first(query, "%")).isEqualTo("c");
        assertThat(first(query, "d")).isEqualTo("100%");
        assertThat(query.isLegal()).isFalse();
    }

    @Test
    void cannotBeChanged() {
        QueryString query = new QueryString("a=1");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> query.parameters().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> query.all("a").clear());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1&b", "a[0]=%C3%A9", "q=/?:@;,$+!'()*~", "é"})
    void acceptsWhatUriAccepts(String query) {
        assertThat(new QueryString(query).isLegal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%1", "%1g", "a b", "{a}", "a|b", "#", "\"", "\\", "^", "`", "\n"})
    void refusesWhatUriRefuses(String query) {
        assertThat(new QueryString(query).isLegal()).isFalse();
    }

    private static @Nullable String first(QueryString query, String name) {
        return query.all(name).isEmpty() ? null : query.all(name).get(0);
    }
}
