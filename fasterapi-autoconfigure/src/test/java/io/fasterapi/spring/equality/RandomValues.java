package io.fasterapi.spring.equality;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fasterapi.spring.equality.Response.Header;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Replaces what differs between any two runs of one application: Date, Expires, the time and
 * request id in Boot's error bodies, session ids, multipart boundaries, and the Content-Length that
 * follows from their width. A value that is not of the expected shape stays, and so fails the
 * comparison. Compressed bodies are shown unpacked, since their bytes depend on when the compressor
 * was flushed. Stateless.
 */
final class RandomValues {

    private static final Pattern DATE =
            Pattern.compile("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
    private static final Pattern EXPIRES = Pattern.compile("Expires=" + DATE.pattern());
    private static final Pattern SESSION =
            Pattern.compile("SESSION=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");

    private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.\\d]*Z";

    private RandomValues() {}

    static Response replace(Response response) {
        Response unpacked = unpack(response);
        String body = replaceInBody(unpacked);
        boolean resized = !body.equals(response.body()) && response.complete();
        boolean sizedByError = response.status() >= 400 && isJson(response) && body.isEmpty();
        List<Header> headers =
                unpacked.headers().stream().map(h -> replace(h, resized || sizedByError)).toList();
        return unpacked.withHeaders(headers).withBody(body);
    }

    private static String replaceInBody(Response response) {
        String body =
                response.body()
                        .replaceAll("\"timestamp\":\"" + INSTANT + "\"", "\"timestamp\":\"<time>\"")
                        .replaceAll("\"requestId\":\"[0-9a-f]{8}-\\d+\"", "\"requestId\":\"<id>\"")
                        .replaceAll(
                                "<div id='created'>[A-Z0-9][^<]+</div>",
                                "<div id='created'>&lt;time></div>")
                        .replaceAll("<div>\\[[0-9a-f]{8}-\\d+]", "<div>[&lt;id>]");
        Matcher boundary = BOUNDARY.matcher(response.header("Content-Type").orElse(""));
        return boundary.find() ? body.replace(boundary.group(1), "<boundary>") : body;
    }

    private static Header replace(Header header, boolean resized) {
        String value = header.value();
        if (header.is("Date") && DATE.matcher(value).matches()) {
            value = "<date>";
        } else if (header.is("Set-Cookie")) {
            value = SESSION.matcher(value).replaceFirst("SESSION=<session>");
            value = EXPIRES.matcher(value).replaceFirst("Expires=<date>");
        } else if (header.is("Content-Type")) {
            Matcher boundary = BOUNDARY.matcher(value);
            value = boundary.find() ? value.replace(boundary.group(1), "<boundary>") : value;
        } else if (header.is("Content-Length") && resized) {
            value = "<length>";
        }
        return new Header(header.name(), value);
    }

    private static boolean isJson(Response response) {
        return response.header("Content-Type").filter(RequestText.JSON::equals).isPresent();
    }

    private static Response unpack(Response response) {
        String coding = response.header("Content-Encoding").orElse("").toLowerCase(Locale.ROOT);
        if (!coding.equals("gzip") || response.body().isEmpty()) {
            return response;
        }
        byte[] packed = response.body().getBytes(ISO_8859_1);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return response.withBody("[gzip] " + new String(in.readAllBytes(), ISO_8859_1));
        } catch (EOFException e) {
            return response.withBody("[gzip, cut]");
        } catch (IOException e) {
            throw new UncheckedIOException("body: no gzip, though Content-Encoding says so", e);
        }
    }
}
