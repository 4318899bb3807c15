package io.fasterapi.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/a/",
                "/a.b/c-d_e~",
                "/{id}",
                "/users/{id}/orders/{order-id}",
                "/{*rest}",
                "/**",
                "/a/**",
                "/{a}/{*b}",
                "/wörld",
                "/a:b@c",
                "/{$x}/"
            })
    void acceptsTemplates(String template) {
        assertThat(PathTemplate.parse(template).text()).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"            | begins with '/'",
                "a               | begins with '/'",
                "{id}            | begins with '/'",
                "//a             | no empty segment",
                "/a//b           | no empty segment",
                "/{a}/b/{a}      | no two variables called a",
                "/{a}/{*a}       | no two variables called a",
                "/**/a           | no segment after the wildcard **",
                "/{*rest}/a      | no segment after the wildcard {*rest}",
                "/{*rest}/       | no segment after the wildcard {*rest}",
                "/{id:[0-9]+}    | no regular expression",
                "/{id:a/b}       | a '}' in the segment {id:a",
                "/a{id}          | braces around a whole segment",
                "/{id}a          | fills its segment",
                "/{a}{b}         | fills its segment",
                "/{id            | a '}' in the segment",
                "/id}            | braces around a whole segment",
                "/{}             | Java identifier",
                "/{1a}           | Java identifier",
                "/{a b}          | Java identifier",
                "/{*}            | Java identifier",
                "/*              | no '*'",
                "/a*             | no '*'",
                "/***            | no '*'",
                "/a?             | no '?'",
                "/a b            | ' '",
                "/a%20b          | decoded, without '%'",
                "/a;v=1          | ';'",
                "/a#b            | '#'",
                "/\uFDD0         | '\uFDD0'",
                "/\uFFFE         | '\uFFFE'",
            })
    void refusesWithASentence(String template, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathTemplate.parse(template))
                .withMessageStartingWith("template: " + template + " (expected: ")
                .withMessageContaining(sentence);
    }

    @Test
    void keyForgetsNamesOnly() {
        assertThat(PathTemplate.parse("/a/{x}/**").key())
                .isEqualTo(PathTemplate.parse("/a/{y}/{*z}").key())
                .isNotEqualTo(PathTemplate.parse("/a/{y}/").key())
                .isNotEqualTo(PathTemplate.parse("/a/y/**").key());
    }
}
