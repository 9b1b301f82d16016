package org.postel.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;

/**
 * A clock that is off, for a child process whose code knows nothing of it: an agent (java.lang.instrument) that adds a constant
 * to the time of day wherever a class asks for it. All of it comes from {@link System#currentTimeMillis()} and from the one
 * caller of the JDK's own nanosecond clock, {@link Clock}. Timeouts run on {@link System#nanoTime()}, which stays as it is.
 */
public final class ShiftedClock implements ClassFileTransformer {

    private static final String OPTIONS = "JDK_JAVA_OPTIONS";
    private static final String MILLIS = "currentTimeMillis";
    private static final String NANOS = "getNanoTimeAdjustment";

    private final Duration ahead;

    private ShiftedClock(Duration ahead) {
        this.ahead = ahead;
    }

    /** What to add to the environment of a JVM whose clock shall be so much ahead; it has the options of the others besides. */
    static Map<String, String> environment(Duration ahead) throws IOException {
        Path jar = Files.createTempFile(Path.of("target"), "shifted-clock-", ".jar").toAbsolutePath();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ShiftedClock.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        String own = ShiftedClock.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream octets = ShiftedClock.class.getResourceAsStream("/" + own)) {
            out.putNextEntry(new ZipEntry(own));
            octets.transferTo(out);
        }
        return Map.of(OPTIONS, System.getenv().getOrDefault(OPTIONS, "") + " -javaagent:" + jar + "=" + ahead);
    }

    /** In the child, before its main. */
    public static void premain(String ahead, Instrumentation jvm) throws UnmodifiableClassException {
        jvm.addTransformer(new ShiftedClock(Duration.parse(ahead)), true);
        jvm.retransformClasses(Arrays.stream(jvm.getAllLoadedClasses()).filter(jvm::isModifiableClass)
                .filter(loaded -> !loaded.isHidden() && !loaded.isArray()).toArray(Class<?>[]::new));
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> old, ProtectionDomain domain, byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        if (!text.contains(MILLIS) && !text.contains(NANOS)) {
            // Most classes, so that it pays not to read them.
            return null;
        }
        // No frame changes where only a constant is added, but it is written anew, with the types that meet in it.
        ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader == null ? ClassLoader.getSystemClassLoader() : loader)
                        .orElse(unknown -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object))));
        ClassModel model = files.parse(octets);
        boolean asks = StreamSupport.stream(model.constantPool().spliterator(), false)
                .anyMatch(entry -> entry instanceof MemberRefEntry member && isClock(member));
        return asks ? files.transformClass(model, ClassTransform.transformingMethodBodies(this::add)) : null;
    }

    private void add(CodeBuilder code, CodeElement element) {
        code.with(element);
        if (element instanceof InvokeInstruction call && isClock(call.method())) {
            code.loadConstant(call.name().equalsString(MILLIS) ? ahead.toMillis() : ahead.toNanos()).ladd();
        }
    }

    private static boolean isClock(MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        return owner.equals("java/lang/System") && member.name().equalsString(MILLIS)
                || owner.equals("jdk/internal/misc/VM") && member.name().equalsString(NANOS);
    }
}
