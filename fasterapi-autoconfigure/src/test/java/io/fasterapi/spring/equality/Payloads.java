package io.fasterapi.spring.equality;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What travels in bodies: records, a bean with setters, an enum. */
final class Payloads {

    private Payloads() {}

    enum Level {
        LOW,
        HIGH
    }

    record Greeting(String message) {}

    record Point(int x, int y, String label) {}

    record Order(
            long id,
            BigDecimal total,
            LocalDate day,
            Level level,
            List<Point> points,
            Map<String, Object> extra) {}

    record Signup(
            @NotBlank String name,
            @Min(18) @Max(120) int age,
            @Size(min = 2, max = 3) String code) {}

    /** A bean: no record, set by setters, a property without a getter. */
    public static class Person {

        private String name = "nobody";
        private int age;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getAge() {
            return age;
        }

        public void setAge(int age) {
            this.age = age;
        }

        public void setSecret(String secret) {
            name = name + "+" + secret;
        }
    }
}
