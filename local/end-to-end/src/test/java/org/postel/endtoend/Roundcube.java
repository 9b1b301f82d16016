package org.postel.endtoend;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.postel.engines.FreePort;

/** Debian's Roundcube on the web server of PHP, with a database of its own, and a browser's part of its talk. */
final class Roundcube implements AutoCloseable {

    /** The pages of the package. */
    static final Path PAGES = Path.of("/var/lib/roundcube/public_html");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NORMAL).build();
    private final int port = FreePort.next();
    private final Process server;
    private String token;

    Roundcube(MailProgram home, int imap, int submission) throws IOException {
        Path folder = home.home();
        home.write("config.inc.php", """
                <?php
                $config = [
                  'db_dsnw' => 'sqlite:///%1$s/roundcube.sqlite', 'log_dir' => '%1$s', 'temp_dir' => '%1$s', 'log_driver' => 'file',
                  'imap_host' => '127.0.0.1:%2$d', 'smtp_host' => '127.0.0.1:%3$d', 'smtp_user' => '%%u', 'smtp_pass' => '%%p',
                  'des_key' => 'twenty-four octets here.', 'skin' => 'elastic', 'language' => 'en_US', 'timezone' => 'UTC', 'plugins' => [],
                ];
                """.formatted(folder, imap, submission));
        for (String given : new String[] {"defaults.inc.php", "mimetypes.php"}) {
            Files.copy(Path.of("/etc/roundcube", given), folder.resolve(given));
        }
        home.run("php", "-r", "$made = new PDO('sqlite:roundcube.sqlite');"
                + "$made->exec(file_get_contents('/usr/share/roundcube/SQL/sqlite.initial.sql'));");
        ProcessBuilder builder = new ProcessBuilder("php", "-S", "127.0.0.1:" + port, "-t", PAGES.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("php.log").toFile());
        builder.environment().putAll(Map.of("ROUNDCUBE_CONFIG_DIR", folder.toString()));
        server = builder.start();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (FreePort.isFree(port) && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** The page that follows. */
    String login(Account user) throws IOException {
        token = found(get(""), "_token\" value=\"([^\"]*)\"");
        String page = post("_task=login", Map.of("_task", "login", "_action", "login", "_token", token, "_timezone", "UTC",
                "_user", user.address(), "_pass", user.password()));
        token = found(page, "\"request_token\":\"([^\"]*)\"");
        return page;
    }

    /** What an action of the mail page answers. */
    String mail(String action, String query) throws IOException {
        return get("_task=mail&_mbox=INBOX&_remote=1&_action=" + action + query);
    }

    /** Likewise, of one that changes something. */
    String change(String action, Map<String, String> form) throws IOException {
        return post("_task=mail&_remote=1&_action=" + action, form);
    }

    String page(String query) throws IOException {
        return get("_task=mail&" + query);
    }

    /** Writes to somebody; the answer. */
    String send(String to, String subject) throws IOException {
        String page = page("_action=compose");
        return post("_task=mail&_action=send", Map.of("_token", token, "_task", "mail", "_action", "send", "_framed", "1",
                "_id", found(page, "\"compose_id\":\"([^\"]*)\""), "_from", found(page, "<option value=\"(\\d+)\"[^>]*>[^<]*@"),
                "_to", to, "_subject", subject, "_message", "Hello", "_store_target", "Sent"));
    }

    private static String found(String page, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + page);
        }
        return matcher.group(1);
    }

    private String get(String query) throws IOException {
        return answer(request(query).GET());
    }

    private String post(String query, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return answer(request(query).header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String query) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/?" + query)).timeout(LIMIT);
        if (query.contains("_remote=1")) {
            request.header("X-Requested-With", "XMLHttpRequest").header("X-Roundcube-Request", token);
        }
        return request;
    }

    private String answer(HttpRequest.Builder request) throws IOException {
        try {
            return browser.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        browser.close();
        server.destroy();
        server.onExit().join();
    }
}
