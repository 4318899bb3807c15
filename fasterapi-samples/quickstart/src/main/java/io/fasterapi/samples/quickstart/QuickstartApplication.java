package io.fasterapi.samples.quickstart;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An ordinary Spring Boot application: nothing in this class knows of FasterAPI. */
@SpringBootApplication
public class QuickstartApplication {

    /** Starts the server on port 8080. */
    public static void main(String[] args) {
        SpringApplication.run(QuickstartApplication.class, args);
    }
}
