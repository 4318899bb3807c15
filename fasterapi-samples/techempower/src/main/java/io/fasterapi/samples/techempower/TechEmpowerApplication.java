package io.fasterapi.samples.techempower;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An ordinary Spring Boot application: only the batching of updates knows of FasterAPI. */
@SpringBootApplication
public class TechEmpowerApplication {

    /** Starts the server on port 8080. */
    public static void main(String[] args) {
        SpringApplication.run(TechEmpowerApplication.class, args);
    }
}
