package io.fasterapi.bench.compare;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The least server to compare: the JDK's own. Its dispatcher thread answers. */
final class TinyServer {

    private TinyServer() {}

    /** Arguments: the port, and what to answer to {@code /json}. */
    public static void main(String[] arguments) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port = Integer.parseInt(arguments[0]);
        String message = arguments[1];
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        server.createContext("/plaintext", exchange -> answer(exchange, "Hello, World!"));
        server.createContext(
                "/json", exchange -> answer(exchange, "{\"message\":\"" + message + "\"}"));
        server.createContext("/echo", exchange -> answer(exchange, body(exchange)));
        server.start();
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
