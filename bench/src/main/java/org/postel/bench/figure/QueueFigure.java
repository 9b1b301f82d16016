package org.postel.bench.figure;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import org.postel.bench.report.Results;
import org.postel.bench.stack.MailStack;
import org.postel.bench.stack.OperatorDesk;

/** What an operator waits for who asks what is queued, while very much is. Each answer is compared with what was written. */
public final class QueueFigure implements Figure {

    private static final int PART = 100;
    private static final int LARGE_PART = 1_000;
    /** After so many that were not meant a list ends, and says where to go on. */
    private static final int MOST_PASSED_OVER = 20_000;
    private static final String NULL_SENDER = "<>";
    private static final double NANOS_PER_SECOND = 1e9;

    private final int messages;
    private Instant end;
    private QueueRows rows;

    /** @param messages that wait */
    public QueueFigure(int messages) {
        this.messages = messages;
    }

    /**
     * What is asked.
     *
     * @param label for the table
     * @param options of {@code ./postel queue list}, in turn name and value
     * @param limit of the answer
     * @param meant which messages
     */
    private record Question(String label, List<String> options, int limit, Predicate<WaitingMail> meant) {

        static Question of(Predicate<WaitingMail> meant, String... options) {
            return new Question("list" + Stream.of(options).map(option -> " " + option).reduce("", String::concat), List.of(options), PART, meant);
        }

        String path() {
            List<String> query = new ArrayList<>();
            for (int i = 0; i < options.size(); i += 2) {
                query.add(options.get(i).substring(2) + "=" + URLEncoder.encode(options.get(i + 1), StandardCharsets.UTF_8));
            }
            return "/queue" + (query.isEmpty() ? "" : "?" + String.join("&", query));
        }
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public String load() {
        return String.format(Locale.ROOT, "%,d messages wait, %,d of them for one destination; each question 5 times in a round", messages,
                all().filter(mail -> mail.destination().equals(WaitingMail.LARGE)).count());
    }

    @Override
    public boolean isFor(MailStack stack) {
        return stack.desk().isPresent();
    }

    @Override
    public void prepare(Bed bed) throws IOException {
        OperatorDesk desk = bed.stack().desk().orElseThrow();
        if (!desk.get("/queue").path("entries").isEmpty()) {
            throw new IOException("mail waits already: it could not be told from what is written");
        }
        end = Instant.now().truncatedTo(ChronoUnit.HOURS);
        rows = new QueueRows(desk.cassandra());
        orTakeAway(this::write);
        measure(bed, new Results());
    }

    private void write() throws IOException {
        long begun = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            rows.write(WaitingMail.of(i, messages, end));
        }
        rows.finish();
        System.out.printf(Locale.ROOT, "%,d messages were written into the index in %.0f s%n", messages, (System.nanoTime() - begun) / NANOS_PER_SECOND);
    }

    /** A figure that failed is not finished, and a queue that is none must not stay. */
    private void orTakeAway(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException | RuntimeException failed) {
            try {
                takeAway();
            } catch (IOException | RuntimeException left) {
                failed.addSuppressed(left);
            }
            throw failed;
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    @Override
    public void measure(Bed bed, Results results) throws IOException {
        orTakeAway(() -> ask(bed, results));
    }

    private void ask(Bed bed, Results results) throws IOException {
        OperatorDesk desk = bed.stack().desk().orElseThrow();
        Timed timed = new Timed(results, bed.stack().name());
        for (Question question : questions()) {
            List<WaitingMail> expected = all().filter(question.meant).limit(question.limit).toList();
            timed.file("API: " + question.label, () -> listed(desk, question, expected));
        }
        WaitingMail one = WaitingMail.of(messages / 2, messages, end);
        timed.file("API: show", () -> shown(desk, one));
        for (Question question : questions().stream().filter(asked -> asked.limit == PART).limit(2).toList()) {
            List<WaitingMail> expected = all().filter(question.meant).limit(question.limit).toList();
            timed.file("./postel queue " + question.label, () -> typed(desk, question, expected));
        }
    }

    private List<Question> questions() {
        String sender = WaitingMail.sender(1);
        return List.of(Question.of(mail -> true), Question.of(mail -> mail.destination().equals(WaitingMail.LARGE), "--domain", WaitingMail.LARGE),
                new Question("list --limit 1000", List.of("--limit", Integer.toString(LARGE_PART)), LARGE_PART, mail -> true),
                Question.of(mail -> mail.destination().equals(WaitingMail.SMALL), "--domain", WaitingMail.SMALL),
                Question.of(mail -> false, "--domain", WaitingMail.NONE),
                Question.of(mail -> mail.sender().equals(sender), "--sender", sender),
                Question.of(mail -> mail.sender().equals(WaitingMail.RARE_SENDER), "--sender", WaitingMail.RARE_SENDER),
                Question.of(mail -> false, "--sender", WaitingMail.NO_SENDER),
                Question.of(mail -> mail.destination().equals(WaitingMail.LARGE) && mail.sender().equals(sender), "--domain", WaitingMail.LARGE, "--sender", sender),
                Question.of(mail -> false, "--domain", WaitingMail.LARGE, "--sender", NULL_SENDER));
    }

    private Stream<WaitingMail> all() {
        Instant hour = end == null ? Instant.EPOCH : end;
        return IntStream.range(0, messages).mapToObj(number -> WaitingMail.of(number, messages, hour));
    }

    private long listed(OperatorDesk desk, Question question, List<WaitingMail> expected) throws IOException {
        long begun = System.nanoTime();
        JsonNode answer = desk.get(question.path());
        long nanos = System.nanoTime() - begun;
        compare(question.label, answer.path("entries"), expected);
        boolean more = expected.size() == question.limit || question.options.contains(NULL_SENDER) && large() >= MOST_PASSED_OVER;
        if (answer.path("next").isTextual() != more) {
            throw new IOException(question.label + (more ? " does not say where to go on" : " says that there is more"));
        }
        return nanos;
    }

    private long large() {
        return all().filter(mail -> mail.destination().equals(WaitingMail.LARGE)).limit(MOST_PASSED_OVER).count();
    }

    private static long shown(OperatorDesk desk, WaitingMail mail) throws IOException {
        long begun = System.nanoTime();
        JsonNode answer = desk.get("/queue/" + mail.queueId());
        long nanos = System.nanoTime() - begun;
        compare("show", answer, List.of(mail));
        return nanos;
    }

    private static void compare(String label, JsonNode entries, List<WaitingMail> expected) throws IOException {
        List<String> found = new ArrayList<>();
        entries.forEach(entry -> found.add(line(entry.path("id").asText(), entry.path("state").asText(), entry.path("sender").asText(),
                entry.path("recipients").path(0).asText())));
        List<String> wanted = expected.stream().map(mail -> line(mail.queueId(), "deferred", mail.sender(), mail.recipient())).toList();
        if (!found.equals(wanted)) {
            throw new IOException(label + " has " + found.size() + " entries, and wanted were " + wanted.size() + "; the first that differs: "
                    + IntStream.range(0, Math.max(found.size(), wanted.size())).filter(i -> i >= found.size() || i >= wanted.size()
                            || !found.get(i).equals(wanted.get(i))).mapToObj(i -> i < found.size() ? found.get(i) : "none at " + i).findFirst().orElse(""));
        }
    }

    private static String line(String id, String state, String sender, String recipient) {
        return id + " " + state + " <" + sender + "> to " + recipient;
    }

    private static long typed(OperatorDesk desk, Question question, List<WaitingMail> expected) throws IOException {
        List<String> command = new ArrayList<>(List.of("queue", "list"));
        command.addAll(question.options);
        long begun = System.nanoTime();
        String said = desk.command(command.toArray(String[]::new));
        long nanos = System.nanoTime() - begun;
        List<String> ids = said.lines().filter(line -> line.contains("  deferred since ")).map(line -> line.substring(0, line.indexOf(' '))).toList();
        if (!ids.equals(expected.stream().map(WaitingMail::queueId).toList())) {
            throw new IOException("./postel " + String.join(" ", command) + " shows " + ids.size() + " messages, or others than were written");
        }
        return nanos;
    }

    @Override
    public void finish(Bed bed) throws IOException {
        takeAway();
        if (!bed.stack().desk().orElseThrow().get("/queue").path("entries").isEmpty()) {
            throw new IOException("what was written is still there");
        }
    }

    private void takeAway() throws IOException {
        try (QueueRows written = rows) {
            written.remove(all()::iterator);
        }
    }
}
