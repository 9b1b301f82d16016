package org.postel.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.postel.bench.load.Account;

/** A Dovecot of its own: virtual users from a file, sdbox, default durability; only the limits of connections are raised. */
record DovecotFolder(Path folder, int imap, int pop3, List<Account> accounts) {

    /** Where it takes mail by LMTP (RFC 2033). */
    Path lmtp() {
        return folder.resolve("run/lmtp-for-postfix");
    }

    Path settings() {
        return folder.resolve("dovecot.conf");
    }

    Path processId() {
        return folder.resolve("run/master.pid");
    }

    void write() throws IOException {
        Path mail = Files.createDirectories(folder.resolve("mail"));
        Files.setAttribute(mail, "unix:uid", PeerStack.NOBODY);
        Files.writeString(folder.resolve("users"), accounts.stream()
                .map(account -> account.address() + ":{PLAIN}" + account.password() + "\n").collect(Collectors.joining()));
        Files.writeString(settings(), """
                base_dir = %1$s/run
                state_dir = %1$s/state
                log_path = %1$s/dovecot.log
                protocols = imap pop3 lmtp
                listen = 127.0.0.1
                ssl = no
                disable_plaintext_auth = no
                default_client_limit = 20000
                default_process_limit = 12000
                mail_max_userip_connections = 1000
                mail_location = sdbox:%1$s/mail/%%u
                passdb {
                  driver = passwd-file
                  args = %1$s/users
                }
                userdb {
                  driver = static
                  args = uid=65534 gid=65534 home=%1$s/mail/%%u
                }
                service imap-login {
                  inet_listener imap {
                    port = %2$d
                  }
                  inet_listener imaps {
                    port = 0
                  }
                }
                service pop3-login {
                  inet_listener pop3 {
                    port = %3$d
                  }
                  inet_listener pop3s {
                    port = 0
                  }
                }
                service imap {
                  process_limit = 12000
                }
                service lmtp {
                  unix_listener lmtp-for-postfix {
                    mode = 0666
                  }
                }
                """.formatted(folder, imap, pop3));
    }
}
