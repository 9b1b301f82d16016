package org.postel.wire;

/** What a {@link Transcript} plays on: a running gateway and what is behind it. */
public interface Stage extends AutoCloseable {

    /** The port that begins in clear. */
    int port();

    /** The port with TLS from the first octet. */
    int tlsPort();

    /** What clients trust. */
    TestCertificate certificate();

    /** Makes a fact true: the rest of a {@code given} line. */
    void given(String fact) throws Exception;

    @Override
    void close() throws Exception;
}
