package io.fasterapi.samples.secured;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the sample. */
@SpringBootApplication
public class SecuredApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(SecuredApplication.class, arguments);
    }
}
