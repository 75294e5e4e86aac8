package org.leaklab.pages.lessons;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.comments.JavadocComment;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Scenario;

/**
 * A scenario as its own source file has it, which is packed beside its class.
 *
 * <p>With each form go the methods of the file that only this form calls, so that what differs stands side by side also
 * where the two forms call different helpers.
 *
 * @param path of the file, below the root of the sources
 * @param about what the javadoc of the class says
 * @param leaky the leaky form
 * @param fixed the fixed form
 * @param rest all other members of the class; may be empty
 */
public record ScenarioSource(String path, Prose about, Listing leaky, Listing fixed, Listing rest) {

    private static final String ROOT = "/META-INF/leaklab/sources/";

    /**
     * Reads the source of a scenario.
     *
     * @throws IllegalArgumentException if it is not packed with the class, as that of somebody else's may not be
     */
    public static ScenarioSource of(Scenario scenario) {
        String path = scenario.getClass().getName().replace('.', '/') + ".java";
        return parse(path, read(scenario.getClass(), path));
    }

    /** What the source says of a family. */
    public static Prose about(Family family) {
        String path = Family.class.getName().replace('.', '/') + ".java";
        return type(path, read(Family.class, path))
                .findFirst(
                        EnumConstantDeclaration.class,
                        constant -> constant.getNameAsString().equals(family.name()))
                .flatMap(EnumConstantDeclaration::getJavadocComment)
                .map(comment -> Prose.of(comment.getContent()))
                .orElseThrow(() -> new IllegalStateException(path + " says nothing of " + family));
    }

    /** The text of the source file of a class. */
    static String read(Class<?> type, String path) {
        try (InputStream in = type.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalArgumentException("the source of " + type.getName()
                        + " is not packed with it: put it into the same jar, as " + ROOT.substring(1) + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TypeDeclaration<?> type(String path, String text) {
        ParserConfiguration java =
                new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_21);
        ParseResult<CompilationUnit> parsed = new JavaParser(java).parse(text);
        return parsed.getResult()
                .filter(unit -> parsed.isSuccessful())
                .orElseThrow(() -> new IllegalStateException(path + " cannot be parsed: " + parsed.getProblems()))
                .getType(0);
    }

    private static ScenarioSource parse(String path, String text) {
        TypeDeclaration<?> type = type(path, text);
        Lines file = new Lines(
                text.lines().toList(),
                new Colours(
                        type.findCompilationUnit().orElseThrow().getTokenRange().orElseThrow()));
        MethodDeclaration leaky = form(type, "leaky");
        MethodDeclaration fixed = form(type, "fixed");
        Set<MethodDeclaration> ofLeaky = called(type, leaky);
        Set<MethodDeclaration> ofFixed = called(type, fixed);
        List<FieldDeclaration> fields =
                type.findAll(FieldDeclaration.class); // of inner classes too: nobody calls these
        type.findAll(MethodDeclaration.class).stream()
                .filter(method -> fields.stream().anyMatch(field -> calls(field, method)))
                .forEach(method -> {
                    ofLeaky.add(method);
                    ofFixed.add(method);
                });
        List<MethodDeclaration> onlyLeaky = only(ofLeaky, ofFixed);
        List<MethodDeclaration> onlyFixed = only(ofFixed, ofLeaky);
        List<BodyDeclaration<?>> rest = new ArrayList<>(type.getMembers());
        rest.removeAll(onlyLeaky);
        rest.removeAll(onlyFixed);
        return new ScenarioSource(
                path,
                Prose.of(type.getJavadocComment()
                        .map(JavadocComment::getContent)
                        .orElseThrow(() -> new IllegalStateException(path + " has no javadoc"))),
                listing(file, onlyLeaky),
                listing(file, onlyFixed),
                listing(file, rest));
    }

    private static MethodDeclaration form(TypeDeclaration<?> type, String name) {
        return type.getMethodsByName(name).stream()
                .filter(method -> method.getParameters().size() == 1)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type.getNameAsString() + " has no method " + name));
    }

    /** A method, and those of the file that it calls, by name and number of arguments, and that these call. */
    private static Set<MethodDeclaration> called(TypeDeclaration<?> type, MethodDeclaration from) {
        Set<MethodDeclaration> called = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<MethodDeclaration> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            MethodDeclaration method = open.pop();
            if (called.add(method)) {
                type.findAll(MethodDeclaration.class).stream()
                        .filter(other -> calls(method, other))
                        .forEach(open::push);
            }
        }
        return called;
    }

    private static boolean calls(Node from, MethodDeclaration other) {
        return from.findFirst(
                                MethodCallExpr.class,
                                call -> call.getNameAsString().equals(other.getNameAsString())
                                        && call.getArguments().size()
                                                == other.getParameters().size())
                        .isPresent()
                || from.findFirst(
                                MethodReferenceExpr.class,
                                reference -> reference.getIdentifier().equals(other.getNameAsString()))
                        .isPresent();
    }

    /** In the order of the file. */
    private static List<MethodDeclaration> only(Set<MethodDeclaration> these, Set<MethodDeclaration> those) {
        return these.stream()
                .filter(method -> !those.contains(method))
                .sorted(Comparator.comparingInt(ScenarioSource::begin))
                .toList();
    }

    /** A file by its lines, and their colours. */
    private record Lines(List<String> text, Colours colours) {}

    private static Listing listing(Lines file, List<? extends Node> members) {
        List<Listing.Line> lines = new ArrayList<>();
        int last = 0;
        for (Node member : members) {
            int begin = begin(member);
            int end = member.getEnd().orElseThrow().line;
            if (last > 0 && begin > last + 1) {
                lines.add(Listing.Line.GAP);
            }
            for (int number = begin; number <= end; number++) {
                lines.add(Listing.member(file.text, file.colours, number));
            }
            last = end;
        }
        return new Listing(lines);
    }

    /**
     * The first line of a member: of its comment where it has one, else without annotations, which say nothing here.
     */
    private static int begin(Node member) {
        if (member.getComment().isPresent()) {
            return member.getComment().get().getBegin().orElseThrow().line;
        }
        if (member instanceof MethodDeclaration method
                && !method.getAnnotations().isEmpty()) {
            return method.getAnnotations().getLast().orElseThrow().getEnd().orElseThrow().line + 1;
        }
        return member.getBegin().orElseThrow().line;
    }
}
