using PhotoStyle.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
