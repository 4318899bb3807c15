package io.fasterapi.spring.webflux.compile.signatures;

import com.fasterxml.jackson.annotation.JsonView;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What travels in the bodies of this package's controllers. */
final class Payloads {

    private Payloads() {}

    /** Bound from parameters by its setters, or read from a body. */
    public static class Query {

        private String where = "none";
        private int pageIndex;
        private int pageSize = 2;

        public String getWhere() {
            return where;
        }

        public void setWhere(String where) {
            this.where = where;
        }

        public int getPageIndex() {
            return pageIndex;
        }

        public void setPageIndex(int pageIndex) {
            this.pageIndex = pageIndex;
        }

        public int getPageSize() {
            return pageSize;
        }

        public void setPageSize(int pageSize) {
            this.pageSize = pageSize;
        }
    }

    record Page<T>(int index, long total, List<T> data) {}

    record Saved(int added, int updated) {}

    record Device(String id, @Nullable String product) {}

    record Product(@NotBlank String id, @Min(0) int price) {}

    record Alarm(String id, int level, List<String> targets) {}

    record Rule(String id, boolean enabled) {}

    /** An envelope around every answer, as many applications have one. */
    record ResponseView<T>(int code, String message, @Nullable T data) {

        static <T> ResponseView<T> of(T data) {
            return new ResponseView<>(1, "", data);
        }
    }

    interface Views {

        interface Public {}

        interface Internal extends Public {}
    }

    record Account(
            @JsonView(Views.Public.class) String name,
            @JsonView(Views.Internal.class) String passwordHash) {}

    record Login(@NotBlank String name, @Nullable String source) {}
}
