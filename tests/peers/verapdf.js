// Run by Rhino, which is inside veraPDF's jar. Prints a line of JSON for each file and standard.
importPackage(
  Packages.org.verapdf.gf.foundry, Packages.org.verapdf.pdfa, Packages.org.verapdf.pdfa.flavours
);
VeraGreenfieldFoundryProvider.initialise();
var files = arguments;
for (var at = 0; at < files.length; at++) {
  ["3a", "ua1"].forEach(function (standard) {
    var flavour = PDFAFlavour.fromString(standard);
    var foundry = Foundries.defaultInstance();
    var parser = foundry.createParser(new java.io.File(files[at]), flavour);
    var result = foundry.createValidator(flavour, false).validate(parser);
    var failed = [];
    for (var each = result.getTestAssertions().iterator(); each.hasNext();) {
      var one = each.next();
      failed.push(one.getRuleId().getClause() + " " + one.getMessage());
    }
    print(JSON.stringify({
      file: String(files[at]), standard: standard, compliant: Boolean(result.isCompliant()),
      failed: failed.map(String)
    }));
    parser.close();
  });
}
