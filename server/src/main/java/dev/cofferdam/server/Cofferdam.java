package dev.cofferdam.server;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulithic;

/** The application: every direct sub-package is one module of the house (docs/design/house.md). */
@SpringBootApplication
@Modulithic(systemName = "Cofferdam")
public class Cofferdam {}
