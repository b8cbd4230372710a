package kotlin.coroutines;

/** Stands for Kotlin's, by which a suspend function is known. */
public interface Continuation {}
