package org.postel.engines;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Sends OPTIONS of the CQL binary protocol version 4, which a node answers with SUPPORTED as soon as it serves clients. */
record CassandraProbe(int port) implements Probe {

    private static final int TIMEOUT_MILLIS = 1_000;
    private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};
    private static final int OPCODE_OFFSET = 4;
    private static final int SUPPORTED = 6;

    @Override
    public boolean isReady() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(OPTIONS);
            byte[] header = new byte[OPTIONS.length];
            new DataInputStream(socket.getInputStream()).readFully(header);
            return header[OPCODE_OFFSET] == SUPPORTED;
        }
    }
}
