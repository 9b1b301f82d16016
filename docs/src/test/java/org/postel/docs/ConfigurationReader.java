package org.postel.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.tools.ToolProvider;

/** Reads every {@code @ConfigMapping} interface from its source: names, types, defaults, Javadoc. */
final class ConfigurationReader {

    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final String service;
    private final TreeSet<ConfigurationProperty> found = new TreeSet<>();

    private ConfigurationReader(DocTrees docs, CompilationUnitTree unit) {
        this.docs = docs;
        this.unit = unit;
        this.service = unit.getSourceFile().getName().replaceAll(".*?([a-z0-9-]+)/src/main/.*", "$1");
    }

    static TreeSet<ConfigurationProperty> properties(List<Path> sources) {
        TreeSet<ConfigurationProperty> all = new TreeSet<>();
        List<Path> mappings = sources.stream().filter(path -> Repository.read(path).contains("@ConfigMapping(")).toList();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        var task = (JavacTask) compiler.getTask(null, files, diagnostic -> { }, List.of(), null, files.getJavaFileObjectsFromPaths(mappings));
        try {
            for (CompilationUnitTree unit : task.parse()) {
                ConfigurationReader reader = new ConfigurationReader(DocTrees.instance(task), unit);
                unit.getTypeDecls().forEach(reader::readTop);
                all.addAll(reader.found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private void readTop(Tree declaration) {
        if (declaration instanceof ClassTree type) {
            annotation(type.getModifiers().getAnnotations(), "ConfigMapping")
                    .map(mapping -> argument(mapping, "prefix").orElseThrow())
                    .ifPresent(prefix -> readGroup(prefix, type, new TreePath(new TreePath(unit), type), Map.of()));
        }
    }

    /** @param around groups that stand in the interfaces around this one */
    private void readGroup(String prefix, ClassTree group, TreePath path, Map<String, ClassTree> around) {
        Map<String, ClassTree> nested = new HashMap<>(around);
        group.getMembers().stream().filter(ClassTree.class::isInstance).map(ClassTree.class::cast)
                .forEach(type -> nested.put(type.getSimpleName().toString(), type));
        for (Tree member : group.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                readProperty(prefix, method, nested, path);
            }
        }
    }

    private void readProperty(String prefix, MethodTree method, Map<String, ClassTree> nested, TreePath path) {
        String type = method.getReturnType().toString().replaceAll("[a-z]+\\.", "");
        var annotations = method.getModifiers().getAnnotations();
        boolean folded = annotation(annotations, "WithParentName").isPresent();
        String own = annotation(annotations, "WithName").flatMap(name -> argument(name, "value")).orElse(kebab(method.getName().toString()));
        String name = folded ? prefix : prefix + "." + own;
        String element = type.replaceAll("^(Optional|List|Map<String, ?)<?", "").replaceAll(">+$", "");
        String key = type.startsWith("Map") ? name + ".\"*\"" : name;
        if (nested.containsKey(element)) {
            ClassTree group = nested.get(element);
            readGroup(key, group, new TreePath(path, group), nested);
            return;
        }
        String value = annotation(annotations, "WithDefault").flatMap(given -> argument(given, "value")).orElse("-");
        found.add(new ConfigurationProperty(key, service, type, value.isEmpty() ? "-" : value, meaning(new TreePath(path, method))));
    }

    private String meaning(TreePath path) {
        DocCommentTree comment = docs.getDocCommentTree(path);
        if (comment == null) {
            return "";
        }
        return comment.getFirstSentence().stream().map(Object::toString).collect(Collectors.joining())
                .replaceAll("\\{@(?:code|link|value) ([^}]*)}", "`$1`").replaceAll("\\s+", " ").replace("|", "\\|").strip();
    }

    private static Optional<AnnotationTree> annotation(List<? extends AnnotationTree> annotations, String simpleName) {
        return StreamSupport.stream(annotations.spliterator(), false)
                .map(AnnotationTree.class::cast)
                .filter(annotation -> annotation.getAnnotationType().toString().endsWith(simpleName))
                .findFirst();
    }

    private static Optional<String> argument(AnnotationTree annotation, String name) {
        List<String> values = new ArrayList<>();
        for (ExpressionTree argument : annotation.getArguments()) {
            if (argument instanceof AssignmentTree assignment && assignment.getVariable().toString().equals(name)
                    && assignment.getExpression() instanceof LiteralTree literal) {
                values.add(String.valueOf(literal.getValue()));
            } else if (argument instanceof LiteralTree literal && "value".equals(name)) {
                values.add(String.valueOf(literal.getValue()));
            }
        }
        return values.stream().findFirst();
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
