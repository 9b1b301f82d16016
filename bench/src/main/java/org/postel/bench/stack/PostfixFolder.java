package org.postel.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.postel.bench.load.Account;

/** A Postfix of its own that hands everything to Dovecot by LMTP; everything else as it is shipped. */
record PostfixFolder(Path folder, int smtp, Path lmtp, List<Account> accounts) {

    private static final String SERVICES = """
            127.0.0.1:%d inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            proxywrite unix - - n - 1 proxymap
            smtp unix - - n - - smtp
            relay unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            lmtp unix - - n - - lmtp
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """;

    Path settings() {
        return folder.resolve("etc");
    }

    Path processId() {
        return folder.resolve("queue/pid/master.pid");
    }

    void write(int postfixUser) throws IOException {
        Files.createDirectories(settings());
        Files.createDirectories(folder.resolve("queue"));
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.setAttribute(data, "unix:uid", postfixUser);
        Files.writeString(settings().resolve("recipients"),
                accounts.stream().map(account -> account.address() + " ok\n").collect(Collectors.joining()));
        Files.writeString(settings().resolve("master.cf"), SERVICES.formatted(smtp));
        Files.writeString(settings().resolve("main.cf"), """
                compatibility_level = 3.6
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                command_directory = /usr/sbin
                daemon_directory = /usr/lib/postfix/sbin
                mail_owner = postfix
                setgid_group = postdrop
                maillog_file = %1$s/postfix.log
                maillog_file_prefixes = %1$s
                myhostname = mail.example.test
                mydestination =
                mynetworks = 127.0.0.0/8
                inet_interfaces = loopback-only
                inet_protocols = ipv4
                alias_maps =
                local_recipient_maps =
                virtual_mailbox_domains = %2$s
                virtual_mailbox_maps = texthash:%1$s/etc/recipients
                virtual_transport = lmtp:unix:%3$s
                """.formatted(folder, PostelAccounts.DOMAIN, lmtp));
    }
}
