package io.fasterapi.netty;

import io.fasterapi.core.HandlerCore;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.ServerChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An open file on its way out. Opened where that may block, then owned by the event loop, which
 * sends or closes it.
 */
final class FileAnswer {

    /*
     * On plain HTTP/1.1 the kernel moves the file to the socket (sendfile). Where its bytes must be
     * changed on the way, by TLS, compression or the frames of HTTP/2, they are read in chunks.
     */
    private static final int CHUNK_BYTES = 16 * 1024;

    private final FileChannel channel;
    private final long size;

    private FileAnswer(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /**
     * Opens a regular file: on the calling thread if that is a handler core or may block, else on
     * one that may.
     *
     * @param opened takes it
     * @param failed learns why it cannot be opened; a {@link NoSuchFileException} if there is none
     */
    static void open(Path path, Consumer<FileAnswer> opened, Consumer<Exception> failed) {
        if (HandlerCore.current() != null || !Schedulers.isInNonBlockingThread()) {
            openHere(path, opened, failed);
            return;
        }
        try {
            Schedulers.boundedElastic().schedule(() -> openHere(path, opened, failed));
        } catch (RuntimeException full) {
            failed.accept(full);
        }
    }

    private static void openHere(
            Path path, Consumer<FileAnswer> opened, Consumer<Exception> failed) {
        FileAnswer answer;
        try {
            answer = open(path);
        } catch (IOException | RuntimeException ex) {
            failed.accept(ex);
            return;
        }
        opened.accept(answer);
    }

    private static FileAnswer open(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new NoSuchFileException(path.toString(), null, "not a regular file");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new FileAnswer(channel, channel.size());
        } catch (IOException | RuntimeException | Error ex) {
            channel.close();
            throw ex;
        }
    }

    /**
     * Sends the file, or its length alone, and closes it in any case. On the event loop.
     *
     * @param headOnly whether the request asks for the head of the answer alone
     * @param sent is told when the last byte was written
     */
    void send(HttpServerResponse response, boolean headOnly, Sent sent) {
        boolean active = ((ChannelOperations<?, ?>) response).channel().isActive();
        if (active) {
            response.responseHeaders().set(DirectResponse.CONTENT_LENGTH, Long.toString(size));
        }
        if (active && size > 0 && !headOnly) {
            response.sendUsing(
                            () -> channel,
                            (connection, opened) -> message(connection),
                            opened -> close())
                    .subscribe(sent);
        } else {
            close();
            sent.onComplete();
        }
    }

    private Object message(Connection connection) {
        ChannelPipeline pipeline = connection.channel().pipeline();
        boolean stream = !(connection.channel().parent() instanceof ServerChannel);
        if (!stream
                && pipeline.get(SslHandler.class) == null
                && pipeline.get(NettyPipeline.CompressionHandler) == null) {
            return new DefaultFileRegion(channel, 0, size);
        }
        if (pipeline.get(ChunkedWriteHandler.class) == null) {
            connection.addHandlerLast(NettyPipeline.ChunkedWriter, new ChunkedWriteHandler());
        }
        try {
            return new ChunkedNioFile(channel, 0, size, CHUNK_BYTES);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException ex) {
            System.getLogger(FileAnswer.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "a file could not be closed after its answer",
                            ex);
        }
    }
}
