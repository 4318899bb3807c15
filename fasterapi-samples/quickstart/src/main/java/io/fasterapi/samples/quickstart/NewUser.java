package io.fasterapi.samples.quickstart;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What a client sends to create a user. */
record NewUser(@NotBlank @Size(max = 60) String name, @NotBlank @Email String email) {}
