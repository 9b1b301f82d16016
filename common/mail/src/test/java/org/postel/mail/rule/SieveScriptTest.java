package org.postel.mail.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postel.mail.rule.Actions.End;
import org.postel.mail.rule.Actions.Folder;

class SieveScriptTest {

    @Test
    void rulesAreWrittenAsAScript() {
        RuleSet rules = new RuleSet(List.of(
                new Rule("Lists", true, true, List.of(new Condition.Field("List-Id", Match.CONTAINS, "friends", false), new Condition.Size(true, 1000)),
                        new Actions(List.of("\\Flagged", "Work"), List.of("a@example.org"), new End.FileInto(new Folder("Lists/Friends", Optional.of("id"))))),
                new Rule("Off", false, false, List.of(new Condition.Field("from", Match.IS, "x\"y\\@example.org", true), new Condition.Size(false, 5)),
                        new Actions(List.of("\\Seen"), List.of(), new End.GoOn())),
                new Rule("On", true, true, List.of(new Condition.Field("subject", Match.MATCHES, "*\\?*", false)),
                        new Actions(List.of(), List.of("a@example.org"), new End.SentOn())),
                new Rule("Away", true, true, List.of(new Condition.Size(true, 0)), new Actions(List.of(), List.of(), new End.Discard()))));
        assertEquals("""
                require ["copy", "fileinto", "imap4flags"];

                # Lists
                if allof (header :contains "list-id" "friends",
                  size :over 1000) {
                  addflag ["\\\\Flagged", "Work"];
                  redirect :copy "a@example.org";
                  fileinto "Lists/Friends";
                  stop;
                }

                # Off
                if allof (false, anyof (not anyof (header :is "from" "x\\"y\\\\@example.org", address :all :is "from" "x\\"y\\\\@example.org"),
                  size :under 5)) {
                  addflag "\\\\Seen";
                }

                # On
                if header :matches "subject" "*\\\\?*" {
                  redirect "a@example.org";
                  stop;
                }

                # Away
                if size :over 0 {
                  discard;
                  stop;
                }
                """.replace("\n", "\r\n"), SieveScript.of(rules));
    }

    @Test
    void aScriptOfNoRulesKeepsMail() {
        assertEquals("", SieveScript.of(RuleSet.NONE));
    }
}
