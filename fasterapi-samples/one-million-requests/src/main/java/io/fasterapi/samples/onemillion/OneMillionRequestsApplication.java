package io.fasterapi.samples.onemillion;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An ordinary Spring Boot application; its profiles choose where the totals are kept. */
@SpringBootApplication
public class OneMillionRequestsApplication {

    /** Starts the server on port 8080. */
    public static void main(String[] args) {
        SpringApplication.run(OneMillionRequestsApplication.class, args);
    }
}
