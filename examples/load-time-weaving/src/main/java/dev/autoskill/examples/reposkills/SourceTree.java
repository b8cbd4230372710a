package dev.autoskill.examples.reposkills;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The files people wrote below a directory: no build output, nothing of a version control system,
 * no symbolic links.
 *
 * @param root the directory, absolute
 * @param files its readable files, by name
 * @param unreadable how many files and directories were left out because they cannot be read
 */
record SourceTree(Path root, List<SourceFile> files, int unreadable) {

  private static final Set<String> SKIPPED =
      Set.of(
          ".git",
          ".hg",
          ".svn",
          ".gradle",
          ".idea",
          "build",
          "dist",
          "node_modules",
          "out",
          "target");

  SourceTree {
    files = List.copyOf(files);
  }

  /** Lists the files now; what changes later is not noticed. */
  static SourceTree of(Path directory) throws IOException {
    Walk walk = new Walk(directory.toAbsolutePath().normalize());
    Files.walkFileTree(walk.root, walk);
    // A directory lists its files in any order; a sorted walk makes two runs comparable.
    walk.files.sort(Comparator.comparing(SourceFile::name));
    return new SourceTree(walk.root, walk.files, walk.unreadable);
  }

  List<SourceFile> xmlFiles() {
    return files.stream().filter(f -> f.hasExtension("xml") && f.isSmallEnoughToParse()).toList();
  }

  List<SourceFile> markdownFiles() {
    return files.stream().filter(f -> f.hasExtension("md") && f.isSmallEnoughToParse()).toList();
  }

  /** Collects files, and goes on where something cannot be read. */
  private static final class Walk extends SimpleFileVisitor<Path> {

    private final Path root;
    private final List<SourceFile> files = new ArrayList<>();
    private int unreadable;

    Walk(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      // A user who names a directory called "build" means it.
      return !directory.equals(root) && isSkipped(directory)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      // In a Git worktree .git is a file.
      if (!attributes.isRegularFile() || isSkipped(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (Files.isReadable(file)) {
        String name = root.relativize(file).toString().replace(File.separatorChar, '/');
        files.add(new SourceFile(file, name, attributes.size()));
      } else {
        unreadable++;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      unreadable++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) {
      if (e != null) {
        unreadable++;
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isSkipped(Path path) {
      Path name = path.getFileName();
      return name != null && SKIPPED.contains(name.toString());
    }
  }
}
