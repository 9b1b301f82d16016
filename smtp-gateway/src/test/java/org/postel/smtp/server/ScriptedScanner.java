package org.postel.smtp.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A scanner that answers what it is told to, on loopback. */
final class ScriptedScanner implements AutoCloseable {

    /** Reads what comes and answers; the connection ends with it. */
    @FunctionalInterface
    interface Script {
        void play(DataInputStream in, Socket socket) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<String> contents = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    ScriptedScanner(Script script) throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    Thread.ofVirtual().start(() -> serve(socket, script));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void serve(Socket socket, Script script) {
        try (socket) {
            script.play(new DataInputStream(socket.getInputStream()), socket);
        } catch (IOException e) {
            return;
        }
    }

    /** Says nothing and reads nothing. */
    static ScriptedScanner silent() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        return new ScriptedScanner((in, socket) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static ScriptedScanner clamd(String answer) throws IOException {
        ScriptedScanner[] self = new ScriptedScanner[1];
        self[0] = new ScriptedScanner((in, socket) -> {
            self[0].heads.add(new String(in.readNBytes(10), StandardCharsets.US_ASCII));
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (int length = in.readInt(); length > 0; length = in.readInt()) {
                content.write(in.readNBytes(length));
            }
            self[0].contents.add(content.toString(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        });
        return self[0];
    }

    static ScriptedScanner rspamd(String json) throws IOException {
        return http("HTTP/1.1 200 OK\r\nContent-Length: " + json.length() + "\r\n\r\n" + json);
    }

    static ScriptedScanner http(String answer) throws IOException {
        ScriptedScanner[] self = new ScriptedScanner[1];
        self[0] = new ScriptedScanner((in, socket) -> {
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) in.readByte());
            }
            self[0].heads.add(head.toString());
            self[0].contents.add(head.toString().contains("chunked") ? chunks(in) : whole(in, head.toString()));
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        });
        return self[0];
    }

    private static String whole(DataInputStream in, String head) throws IOException {
        int length = Integer.parseInt(head.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static String chunks(DataInputStream in) throws IOException {
        StringBuilder content = new StringBuilder();
        while (true) {
            StringBuilder size = new StringBuilder();
            while (size.indexOf("\r\n") < 0) {
                size.append((char) in.readByte());
            }
            int length = Integer.parseInt(size.toString().strip(), 16);
            content.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
            in.readNBytes(2);
            if (length == 0) {
                return content.toString();
            }
        }
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    List<String> heads() {
        return heads;
    }

    List<String> contents() {
        return contents;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
