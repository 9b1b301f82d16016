package org.postel.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.postel.launcher.platform.Port;

/** Debian's mail programs that can be told which SASL mechanism to log in by, each with the ways it has. All of them use TLS. */
enum LoginProgram {

    /** Where a server offers OAUTHBEARER it never takes XOAUTH2. */
    CURL("curl", ways(Port.SUBMISSIONS, "PLAIN", "LOGIN", "OAUTHBEARER"), ways(Port.IMAPS, "PLAIN", "LOGIN", "OAUTHBEARER"), ways(Port.POP3S, "PLAIN", "OAUTHBEARER")) {
        @Override
        String[] command(MailProgram program, LoginWay way, Attempt attempt) throws IOException {
            String url = way.port().name().replace("SUBMISSIONS", "SMTPS").toLowerCase() + "://127.0.0.1:" + attempt.port() + "/";
            Stream<String> secret = way.bearer()
                    ? Stream.of("-u", attempt.user() + ":", "--oauth2-bearer", attempt.secret())
                    : Stream.of("-u", attempt.user() + ":" + attempt.secret());
            Stream<String> mail = way.port() == Port.SUBMISSIONS
                    ? Stream.of("--mail-from", attempt.user(), "--mail-rcpt", attempt.user(), "-T", letter(program, attempt))
                    : Stream.of();
            return Stream.of(Stream.of("curl", "-s", "-S", "--cacert", attempt.certificate().toString(), "--login-options", "AUTH=" + way.mechanism(), url), secret, mail)
                    .flatMap(words -> words).toArray(String[]::new);
        }
    },

    MSMTP("msmtp", ways(Port.SUBMISSION, "PLAIN", "LOGIN", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2")) {
        @Override
        String[] command(MailProgram program, LoginWay way, Attempt attempt) throws IOException {
            program.write("rc", account(program, way, attempt) + "from " + attempt.user() + "\n");
            return new String[] {"sh", "-c", "exec msmtp --file=rc " + attempt.user() + " < " + letter(program, attempt)};
        }
    },

    MPOP("mpop", ways(Port.POP3S, "PLAIN", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2")) {
        @Override
        String[] command(MailProgram program, LoginWay way, Attempt attempt) throws IOException {
            program.write("rc", account(program, way, attempt) + "tls_starttls off\ndelivery maildir " + program.maildir("mail") + "\n");
            return new String[] {"mpop", "--file=rc", "--auth-only"};
        }
    },

    SWAKS("swaks", ways(Port.SUBMISSION, "PLAIN", "LOGIN")) {
        @Override
        String[] command(MailProgram program, LoginWay way, Attempt attempt) {
            return new String[] {"swaks", "--server", "127.0.0.1:" + attempt.port(), "-tls", "--auth", way.mechanism(), "--auth-user", attempt.user(),
                    "--auth-password", attempt.secret(), "--quit-after", "AUTH"};
        }
    },

    /** The one that can bind to its connection. It says so in SCRAM-SHA-256 too, which a server that offers -PLUS must refuse (RFC 5802 §6), unless told otherwise. */
    GSASL("gsasl", ways(Port.SUBMISSION, "PLAIN", "LOGIN", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"), ways(Port.IMAP, "PLAIN", "LOGIN", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS")) {
        @Override
        String[] command(MailProgram program, LoginWay way, Attempt attempt) {
            Stream<String> command = Stream.of("gsasl", way.port() == Port.IMAP ? "--imap" : "--smtp", "--connect=127.0.0.1:" + attempt.port(),
                    "--x509-ca-file=" + attempt.certificate(), "--application-data", "--mechanism=" + way.mechanism(), "--authentication-id=" + attempt.user(),
                    "--password=" + attempt.secret());
            return (way.mechanism().endsWith("-PLUS") ? command : Stream.concat(command, Stream.of("--no-cb"))).toArray(String[]::new);
        }
    },

    /** By Cyrus SASL, to which KDE adds XOAUTH2. */
    MBSYNC("isync", ways(Port.IMAP, "PLAIN", "SCRAM-SHA-256", "XOAUTH2")) {
        @Override
        String[] command(MailProgram program, LoginWay way, Attempt attempt) throws IOException {
            program.write("rc", """
                    IMAPAccount postel
                    Host 127.0.0.1
                    Port %d
                    User %s
                    Pass "%s"
                    SSLType STARTTLS
                    CertificateFile %s
                    AuthMechs %s

                    IMAPStore far
                    Account postel

                    MaildirStore near
                    Inbox %s

                    Channel inbox
                    Far :far:
                    Near :near:
                    """.formatted(attempt.port(), attempt.user(), attempt.secret(), attempt.certificate(), way.mechanism(), program.maildir("mail")));
            return new String[] {"timeout", "20", "mbsync", "-c", "rc", "--list", "inbox"};
        }

        /** To a token that is refused it never gives the answer that the exchange ends with, and waits for ever: hence the timeout above. */
        @Override
        boolean hearsRefusals(LoginWay way) {
            return !way.bearer();
        }
    };

    private final String debian;
    private final List<LoginWay> ways;

    @SafeVarargs
    LoginProgram(String debian, Stream<LoginWay>... ways) {
        this.debian = debian;
        this.ways = Stream.of(ways).flatMap(some -> some).toList();
    }

    /**
     * What a program is told.
     *
     * @param port        of the server
     * @param certificate that the server shows, in PEM
     * @param user        an address
     * @param secret      a password or an access token, right or wrong
     */
    record Attempt(int port, Path certificate, String user, String secret) {
    }

    /** Tells the program how to log in; the command to run. */
    abstract String[] command(MailProgram program, LoginWay way, Attempt attempt) throws IOException;

    /** Whether it goes through an exchange to the end where the server refuses. */
    boolean hearsRefusals(LoginWay way) {
        return true;
    }

    /** What it can do. */
    List<LoginWay> ways() {
        return ways;
    }

    /** Name and version of the package it is from. */
    String version() throws IOException {
        try (MailProgram dpkg = new MailProgram()) {
            return dpkg.run("dpkg-query", "-W", debian).strip();
        }
    }

    private static Stream<LoginWay> ways(Port port, String... mechanisms) {
        return Stream.of(mechanisms).map(mechanism -> new LoginWay(port, mechanism));
    }

    private static String account(MailProgram program, LoginWay way, Attempt attempt) throws IOException {
        program.write("secret", attempt.secret() + "\n");
        return """
                account default
                host 127.0.0.1
                port %d
                user %s
                passwordeval cat secret
                auth %s
                tls on
                tls_trust_file %s
                """.formatted(attempt.port(), attempt.user(), way.mechanism().toLowerCase(), attempt.certificate());
    }

    private static String letter(MailProgram program, Attempt attempt) throws IOException {
        return program.write("letter", "From: %s\r\nTo: %s\r\nSubject: logged in\r\n\r\nHello\r\n".formatted(attempt.user(), attempt.user())).toString();
    }
}
