package org.leaklab.heapdump.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Loads one class anew, whose static field lives as long as this loader. */
public final class OtherLoader extends ClassLoader {

    private OtherLoader() {
        super(OtherLoader.class.getClassLoader());
    }

    /** What the next class to be loaded takes; a reflective access would leave more behind than the class. */
    private static @Nullable Object next;

    /** What is loaded anew. */
    static final class Vault {

        static final @Nullable Object HELD = take();

        private Vault() {}
    }

    /** Called by the class that is loaded anew, which is of another package at run time. */
    public static @Nullable Object take() {
        Object taken = next;
        next = null;
        return taken;
    }

    static ClassLoader vaultWith(Object held) {
        OtherLoader loader = new OtherLoader();
        String name = Vault.class.getName();
        try (InputStream file = Vault.class.getResourceAsStream("OtherLoader$Vault.class")) {
            byte[] code = file.readAllBytes();
            loader.defineClass(name, code, 0, code.length);
            next = held;
            Class.forName(name, true, loader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return loader;
    }
}
