package io.fasterapi.spring.webflux.route;

import io.fasterapi.http.JsonCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** The body of a refusal in Spring's problem format. Made at the first refusal only. */
public final class ProblemBody {

    private static final String DETAIL =
            "The server has more to do than it can do in time. Try again later.";

    private ProblemBody() {}

    /**
     * Returns the body.
     *
     * @param json the application's codec
     */
    public static byte[] of(int status, JsonCodec json) {
        ByteBuf target = Unpooled.buffer();
        json.write(
                ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), DETAIL), target);
        return ByteBufUtil.getBytes(target);
    }
}
