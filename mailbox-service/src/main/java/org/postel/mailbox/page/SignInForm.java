package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import java.util.Map;
import java.util.Optional;
import org.postel.mailbox.directory.Authentication.Outcome;

/** The page where people sign in, as it is shown at first and with what was wrong. */
final class SignInForm {

    private final Template page;
    private final String issuer;

    /** @param issuer what people call the issuer that they may sign in with */
    SignInForm(Site site, Optional<String> issuer) {
        this.page = site.template("sign-in.html");
        this.issuer = issuer.orElse("");
    }

    /** @param next the page that was asked for */
    Answer empty(String next) {
        return shown(200, "", next, "");
    }

    /**
     * After a sign-in that was not granted.
     *
     * @param wrong   the name of the text that says what is wrong, where neither a switch nor a limit is
     * @param address as it was given; empty: none was
     */
    Answer again(Outcome outcome, String wrong, String address, String next) {
        return switch (outcome) {
            case Outcome.Disabled _ -> shown(422, address, next, "switchedOff");
            case Outcome.Limited _ -> shown(429, address, next, "tooManyTries");
            case Outcome.Wrong _, Outcome.Granted _ -> shown(422, address, next, wrong);
        };
    }

    /** After one that could not be decided. */
    Answer later(String wrong, String next) {
        return shown(503, "", next, wrong);
    }

    private Answer shown(int status, String address, String next, String wrong) {
        return new Answer.Shown(status, page, Map.of("address", address, "next", next, "wrong", wrong, "issuer", issuer,
                "issuerPath", IssuerPages.begin(next)));
    }
}
