package com.example;

/** Stands for the application's code on a stack. */
public final class UserCode {

    private UserCode() {}

    /** Runs something below a frame of the application. */
    public static void call(Runnable body) {
        body.run();
    }
}
