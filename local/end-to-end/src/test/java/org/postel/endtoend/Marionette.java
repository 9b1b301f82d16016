package org.postel.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Drives a Mozilla program from within (Firefox source docs, Marionette protocol 3): length, colon, a JSON array. */
final class Marionette implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final InputStream in;
    private int last;

    private Marionette(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        socket.setSoTimeout((int) LIMIT.toMillis());
    }

    /** A session with the program that listens there soon, in the scope of its own windows. */
    static Marionette connect(int port) throws IOException {
        Marionette marionette = new Marionette(soon(port));
        marionette.read();
        marionette.command("WebDriver:NewSession", Map.of("capabilities",
                Map.of("alwaysMatch", Map.of("timeouts", Map.of("script", LIMIT.toMillis())))));
        marionette.command("Marionette:SetContext", Map.of("value", "chrome"));
        return marionette;
    }

    private static Socket soon(int port) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    /** What the body of an async function returns; its {@code args} are these. */
    String run(String body, String... arguments) throws IOException {
        String script = "const done = arguments[arguments.length - 1], args = Array.from(arguments).slice(0, -1);"
                + "(async () => {" + body + "})().then(done, failed => done('failed: ' + failed + failed.stack));";
        JsonNode answer = command("WebDriver:ExecuteAsyncScript", Map.of("script", script, "args", List.of(arguments), "sandbox", "default"));
        return answer.path("value").asText();
    }

    /** A PNG of the window. */
    byte[] screenshot() throws IOException {
        return Base64.getDecoder().decode(command("WebDriver:TakeScreenshot", Map.of("full", false, "hash", false)).path("value").asText());
    }

    private JsonNode command(String name, Map<String, ?> parameters) throws IOException {
        byte[] message = JSON.writeValueAsBytes(List.of(0, ++last, name, parameters));
        socket.getOutputStream().write((message.length + ":").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(message);
        JsonNode answer = read();
        if (!answer.path(2).isNull()) {
            throw new IOException(name + " failed: " + answer.path(2));
        }
        return answer.path(3);
    }

    private JsonNode read() throws IOException {
        ByteArrayOutputStream length = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet != ':') {
            if (octet < 0) {
                throw new EOFException("The program hung up");
            }
            length.write(octet);
            octet = in.read();
        }
        return JSON.readTree(in.readNBytes(Integer.parseInt(length.toString(StandardCharsets.US_ASCII))));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
