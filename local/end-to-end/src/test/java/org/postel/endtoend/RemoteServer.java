package org.postel.endtoend;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Another site's mail server, which takes mail or answers a recipient as a test tells it. */
final class RemoteServer {

    private static final String TAKEN = "250 2.1.5 Ok";
    private static final RemoteServer SHARED = open();

    private final ServerSocket socket;
    private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final AtomicInteger heldUp = new AtomicInteger();
    private final Stall stall;

    private RemoteServer(ServerSocket socket, Stall stall) {
        this.socket = socket;
        this.stall = stall;
        Thread.ofVirtual().start(this::accept);
    }

    /**
     * A mail it took.
     *
     * @param from the reverse-path
     * @param to the last recipient
     * @param message without dot-stuffing
     */
    record Taken(String from, String to, byte[] message) {
    }

    static RemoteServer shared() {
        return SHARED;
    }

    private static RemoteServer open() {
        return open(Stall.none());
    }

    /** Another one, which takes mail when the stall is over. */
    static RemoteServer open(Stall stall) {
        try {
            return new RemoteServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), stall);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /** From now on RCPT for that address is answered so. */
    void answer(String recipient, String reply) {
        answers.put(recipient, reply);
    }

    /** Refuses that recipient so often, then takes it. */
    void refuse(String recipient, String reply, int times) {
        refusals.put(recipient, new AtomicInteger(times));
        answers.put(recipient, reply);
    }

    /** From now on RCPT for that address gets no answer. */
    void hold(String recipient) {
        held.put(recipient, new CountDownLatch(1));
    }

    /** How many RCPT got no answer. */
    int heldUp() {
        return heldUp.get();
    }

    /** From now on that address is answered, and those that wait are too. */
    void release(String recipient) {
        held.remove(recipient).countDown();
    }

    /** That many mails as they came. */
    List<Taken> take(int count, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Taken> mails = new ArrayList<>();
        while (mails.size() < count) {
            Taken mail = taken.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (mail == null) {
                throw new AssertionError(mails.size() + " mails instead of " + count + " within " + seconds + " s");
            }
            mails.add(mail);
        }
        return mails;
    }

    /** Mails that nobody asked for yet. */
    int waiting() {
        return taken.size();
    }

    /** The next mail for that recipient; others are thrown away. */
    Taken next(String recipient, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Taken mail = taken.poll(seconds, TimeUnit.SECONDS);
        while (mail != null && !mail.to().equals(recipient)) {
            mail = taken.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        if (mail == null) {
            throw new AssertionError("No mail for " + recipient + " within " + seconds + " s");
        }
        return mail;
    }

    private void accept() {
        while (true) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client; BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(),
                StandardCharsets.ISO_8859_1))) {
            stall.of(client);
            talk(in, client.getOutputStream());
        } catch (SocketException gone) {
            // The client went away: a killed worker does.
            return;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void talk(BufferedReader in, OutputStream out) throws IOException {
        say(out, "220 remote.example.org ESMTP");
        String from = "";
        String to = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase();
            switch (verb) {
                case "EHLO" -> say(out, "250-remote.example.org\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 100000000");
                case "MAIL" -> {
                    from = path(line);
                    say(out, "250 2.1.0 Ok");
                }
                case "RCPT" -> {
                    String answer = answerTo(path(line));
                    to = answer.startsWith("250") ? path(line) : to;
                    say(out, answer);
                }
                case "DATA" -> {
                    say(out, "354 Go ahead");
                    taken.add(new Taken(from, to, content(in)));
                    say(out, "250 2.0.0 Taken");
                }
                case "QUIT" -> {
                    say(out, "221 2.0.0 Bye");
                    return;
                }
                default -> say(out, "250 2.0.0 Ok");
            }
        }
    }

    private String answerTo(String recipient) {
        CountDownLatch end = held.get(recipient);
        if (end != null) {
            heldUp.incrementAndGet();
            awaitQuietly(end);
        }
        AtomicInteger left = refusals.get(recipient);
        boolean taken = left != null && left.getAndDecrement() <= 0;
        return taken ? TAKEN : answers.getOrDefault(recipient, TAKEN);
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] content(BufferedReader in) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            String unstuffed = line.startsWith(".") ? line.substring(1) : line;
            content.writeBytes((unstuffed + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        return content.toByteArray();
    }

    private static String path(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
