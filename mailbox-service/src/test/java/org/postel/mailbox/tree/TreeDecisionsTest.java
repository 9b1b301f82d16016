package org.postel.mailbox.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

class TreeDecisionsTest {

    private static final MailboxName.Limits LIMITS = new MailboxName.Limits(5, 200);

    private final TreeDecisions decisions = new TreeDecisions(20, UUID::randomUUID, () -> 1000);
    private TreeState now = TreeState.of(List.of(), 0, Optional.empty(), 0, Set.of());

    TreeDecisionsTest() {
        apply((decide, tree) -> decide.firstMailboxes(tree));
    }

    private void apply(BiFunction<TreeDecisions, TreeState, TreeChange> decide) {
        now = now.changed(decide.apply(decisions, now), UUID.randomUUID());
    }

    private static MailboxName name(String text) {
        return MailboxName.parse(text, LIMITS);
    }

    private void create(String text) {
        apply((decide, tree) -> decide.create(tree, name(text), List.of()));
    }

    private Problem refusal(BiFunction<TreeDecisions, TreeState, TreeChange> decide) {
        return assertThrows(StoreException.class, () -> decide.apply(decisions, now)).problem();
    }

    @Test
    void aNewAccountHasInboxFirstAndTheSpecialUseMailboxes() {
        assertEquals("[INBOX, Archive, Drafts, Junk, Sent, Trash]", now.names().toString());
        assertEquals(List.of("\\Sent"), now.required(name("Sent")).specialUse());
    }

    @Test
    void missingSuperiorsAreMadeToo() {
        create("a/b/c");
        assertTrue(now.mailbox(name("a")).isPresent());
        assertTrue(now.mailbox(name("a/b")).isPresent());
    }

    @Test
    void uidValiditiesRiseWithinAnAccount() {
        create("x");
        int first = now.required(name("x")).uidValidity();
        apply((decide, tree) -> decide.delete(tree, name("x")));
        create("x");
        assertTrue(now.required(name("x")).uidValidity() > first);
    }

    @Test
    void aDeletedMailboxWithInferiorsIsANameOnly() {
        create("a/b");
        apply((decide, tree) -> decide.delete(tree, name("a")));
        assertTrue(now.names().contains(name("a")));
        assertTrue(now.mailbox(name("a")).isEmpty());
        assertEquals(Problem.PRECONDITION, refusal((decide, tree) -> decide.delete(tree, name("a"))));
        apply((decide, tree) -> decide.delete(tree, name("a/b")));
        assertFalse(now.names().contains(name("a")));
    }

    @Test
    void inboxIsNotDeletedInAnySpelling() {
        assertEquals(Problem.PRECONDITION, refusal((decide, tree) -> decide.delete(tree, name("inBox"))));
    }

    @Test
    void renamingTakesInferiorsAlongAndLeavesSubscriptions() {
        create("a/b/c");
        apply((decide, tree) -> decide.subscribe(tree, name("a/b"), true));
        UUID id = now.required(name("a/b/c")).mailbox().orElseThrow();
        apply((decide, tree) -> decide.rename(tree, name("a"), name("z/y")));
        assertEquals(Optional.of(id), now.required(name("z/y/b/c")).mailbox());
        assertTrue(now.mailbox(name("z")).isPresent());
        assertFalse(now.names().contains(name("a")));
        assertEquals(List.of(name("a/b")), now.orphanSubscriptions());
    }

    @Test
    void renamingOntoANameThatIsThereOrIntoItselfIsRefused() {
        create("a/b");
        assertEquals(Problem.ALREADY_EXISTS, refusal((decide, tree) -> decide.rename(tree, name("a"), name("Sent"))));
        assertEquals(Problem.INVALID, refusal((decide, tree) -> decide.rename(tree, name("a"), name("a/c"))));
        assertEquals(Problem.NOT_FOUND, refusal((decide, tree) -> decide.rename(tree, name("nothing"), name("x"))));
    }

    @Test
    void aSpecialUseIsGivenOnce() {
        assertEquals(Problem.PRECONDITION, refusal((decide, tree) -> decide.create(tree, name("s"), List.of("\\Sent"))));
        assertEquals(Problem.INVALID, refusal((decide, tree) -> decide.create(tree, name("s"), List.of("\\All"))));
    }

    @Test
    void theNumberOfNamesIsLimited() {
        for (int i = 0; i < 14; i++) {
            create("m" + i);
        }
        assertEquals(Problem.LIMIT, refusal((decide, tree) -> decide.create(tree, name("over"), List.of())));
    }

    // SAFETY row 35
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a//b", "/a", "..", "a/../b", ".", "a\u0000b", "a\nb", "a%b", "a*b", "\ud800", "a/b/c/d/e/f", "\u202eabc", "a/ /b"})
    void namesThatCannotBeAreRefused(String text) {
        assertEquals(Problem.INVALID, assertThrows(StoreException.class, () -> name(text)).problem());
    }

    // SAFETY row 35
    @Test
    void aNameThatIsTooLongIsRefused() {
        assertThrows(StoreException.class, () -> name("x".repeat(10_000)));
        assertThrows(StoreException.class, () -> name("\u00e4".repeat(101)));
    }

    @Test
    void namesAreOneInBothNormalForms() {
        assertEquals(name("Entw\u00fcrfe"), name("Entwu\u0308rfe"));
        assertEquals("INBOX/sub", name("iNbOx/sub/").text());
    }
}
