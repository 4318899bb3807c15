package io.fasterapi.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;

/** The contents of one request, until it is answered or passed on. Of its event loop. */
final class HeldContents {

    private final List<HttpContent> contents = new ArrayList<>(2);

    void add(HttpContent content) {
        contents.add(content);
    }

    boolean isEmpty() {
        return contents.isEmpty();
    }

    /** Returns what is in them; still owned by this. */
    List<ByteBuf> body() {
        List<ByteBuf> body = new ArrayList<>(contents.size());
        for (HttpContent each : contents) {
            if (each.content().isReadable()) {
                body.add(each.content());
            }
        }
        return body;
    }

    /** Gives all away. */
    List<HttpContent> take() {
        List<HttpContent> taken = new ArrayList<>(contents.size());
        contents.forEach(each -> taken.add(isThere(each) ? each : gone(each)));
        contents.clear();
        return taken;
    }

    void release() {
        for (HttpContent each : contents) {
            if (isThere(each)) {
                each.release();
            }
        }
        contents.clear();
    }

    /** Whoever reads a body may have released it once too often, as some parsers do. */
    private static boolean isThere(HttpContent content) {
        return content.refCnt() > 0;
    }

    private static HttpContent gone(HttpContent content) {
        return content instanceof LastHttpContent
                ? LastHttpContent.EMPTY_LAST_CONTENT
                : new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
    }
}
