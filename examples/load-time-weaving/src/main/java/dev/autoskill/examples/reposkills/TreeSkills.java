package dev.autoskill.examples.reposkills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Skills for a tree as a whole; they look at the bytes of its files, whatever these mean. */
final class TreeSkills {

  private final SourceTree tree;

  TreeSkills(SourceTree tree) {
    this.tree = tree;
  }

  /** One hash for the names and contents of all files; the same tree always has the same. */
  @TrackedSkill("hash-tree")
  String hashTree() throws IOException {
    MessageDigest hash = FileHash.sha256();
    for (SourceFile file : tree.files()) {
      hash.update(file.name().getBytes(StandardCharsets.UTF_8));
      // No name holds a zero byte: it keeps the name apart from what follows.
      hash.update((byte) 0);
      hash.update(FileHash.of(file));
    }
    return HexFormat.of().formatHex(hash.digest());
  }

  /** Files of the same content, by the name of the first; empty files do not count. */
  @TrackedSkill("find-duplicate-files")
  List<List<String>> findDuplicateFiles() throws IOException {
    Map<String, List<String>> namesByHash = new TreeMap<>();
    for (SourceFile file : filesThatShareTheirSize()) {
      String hash = HexFormat.of().formatHex(FileHash.of(file));
      namesByHash.computeIfAbsent(hash, any -> new ArrayList<>()).add(file.name());
    }
    return namesByHash.values().stream()
        .filter(names -> names.size() > 1)
        .sorted((one, other) -> one.get(0).compareTo(other.get(0)))
        .toList();
  }

  /** Hashing is dear, and files of different sizes differ anyway. */
  private List<SourceFile> filesThatShareTheirSize() {
    Map<Long, List<SourceFile>> filesBySize =
        tree.files().stream()
            .filter(file -> file.size() > 0)
            .collect(Collectors.groupingBy(SourceFile::size, TreeMap::new, Collectors.toList()));
    return filesBySize.values().stream()
        .filter(files -> files.size() > 1)
        .flatMap(List::stream)
        .toList();
  }
}
