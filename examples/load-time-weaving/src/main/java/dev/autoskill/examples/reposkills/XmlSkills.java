package dev.autoskill.examples.reposkills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Skills for XML. Not for more than one thread. */
final class XmlSkills {

  private final DocumentBuilder parser;

  XmlSkills() {
    parser = hardenedParser();
  }

  /**
   * Parses a file.
   *
   * @return how many elements it has
   * @throws SAXException if it is not well-formed
   */
  @TrackedSkill("parse-xml")
  int parse(SourceFile file) throws IOException, SAXException {
    try (InputStream in = Files.newInputStream(file.path())) {
      Document document = parser.parse(in);
      return document.getElementsByTagName("*").getLength();
    }
  }

  /** A parser that no document can make read other files, reach the network or run for ever. */
  private static DocumentBuilder hardenedParser() {
    // The JDK's own, because another one on the class path may not know these features.
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      // Many a configuration file has a DOCTYPE: it is allowed, and nothing it names is loaded.
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setExpandEntityReferences(false);
      factory.setXIncludeAware(false);
      DocumentBuilder hardened = factory.newDocumentBuilder();
      // The handler it comes with prints every error to stderr; this one only throws.
      hardened.setErrorHandler(new DefaultHandler());
      return hardened;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's XML parser cannot be hardened", e);
    }
  }
}
