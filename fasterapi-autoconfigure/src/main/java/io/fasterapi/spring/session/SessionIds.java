package io.fasterapi.spring.session;

import java.nio.ByteBuffer;
import java.security.DrbgParameters;
import java.security.DrbgParameters.Capability;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.JdkIdGenerator;

/**
 * Draws the ids of sessions: random UUIDs, as Spring's. Thread-safe.
 *
 * <p>Spring draws ids on a thread that may block, because the JDK's default source of randomness
 * reads a file. The source here is a generator by NIST SP 800-90A. It takes its seed from the
 * system while the server starts and only computes from then on, so event loops and cores may use
 * it. Until it has its seed, Spring's own generator draws the ids.
 */
class SessionIds {

    static final String ALGORITHM = "DRBG";

    private static final int STRENGTH = 256;
    private static final long VERSION_MASK = 0xF000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;
    private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

    private final JdkIdGenerator unseeded = new JdkIdGenerator();
    private volatile @Nullable SecureRandom random;
    private boolean open;

    /** Returns whether the JDK has the generator. */
    static boolean areAvailable() {
        return Security.getAlgorithms("SecureRandom").contains(ALGORITHM);
    }

    /** Allows {@link #seed} until {@link #close}. */
    synchronized void open() {
        open = true;
    }

    /** Forgets the seed, so that two copies of a stopped process never draw the same ids. */
    synchronized void close() {
        open = false;
        random = null;
    }

    /** Takes a new seed from the system. May block. */
    void seed() {
        try {
            SecureRandom made =
                    SecureRandom.getInstance(
                            ALGORITHM,
                            DrbgParameters.instantiation(STRENGTH, Capability.RESEED_ONLY, null));
            made.nextBytes(new byte[1]); // the first use reads the seed
            use(made);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("no generator " + ALGORITHM, ex);
        }
    }

    private synchronized void use(SecureRandom made) {
        if (open) {
            random = made;
        }
    }

    boolean isSeeded() {
        return random != null;
    }

    String next() {
        SecureRandom seeded = random;
        if (seeded == null) {
            return unseeded.generateId().toString();
        }
        byte[] bytes = new byte[2 * Long.BYTES];
        seeded.nextBytes(bytes, DrbgParameters.nextBytes(-1, false, time()));
        ByteBuffer drawn = ByteBuffer.wrap(bytes);
        long high = drawn.getLong() & ~VERSION_MASK | VERSION_4;
        long low = drawn.getLong() & ~VARIANT_MASK | VARIANT_2;
        return new UUID(high, low).toString();
    }

    /** Goes into each draw, so that copies of a running process draw different ids. */
    private static byte[] time() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(System.nanoTime())
                .putLong(System.currentTimeMillis())
                .array();
    }
}
