package org.postel.engines;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Asks the broker for its cluster's metadata (Kafka protocol, Metadata request version 1): it is ready when it names a broker,
 * which it does once it is registered and no longer fenced.
 */
record KafkaProbe(int port) implements Probe {

    private static final int TIMEOUT_MILLIS = 1_000;
    private static final short METADATA = 3;
    private static final short VERSION = 1;
    private static final short NO_CLIENT_ID = -1;
    private static final int REQUEST_BYTES = 14;

    @Override
    public boolean isReady() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ask(new DataOutputStream(socket.getOutputStream()));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readInt();
            in.readInt();
            int brokers = in.readInt();
            return brokers > 0;
        }
    }

    private static void ask(DataOutputStream out) throws IOException {
        int correlation = 1;
        int topics = 0;
        out.writeInt(REQUEST_BYTES);
        out.writeShort(METADATA);
        out.writeShort(VERSION);
        out.writeInt(correlation);
        out.writeShort(NO_CLIENT_ID);
        out.writeInt(topics);
        out.flush();
    }
}
