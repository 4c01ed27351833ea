namespace Strata.Tests.Layers;

/// <summary>Every form that the paper's spelling accepts, beyond its Listing 5.</summary>
public sealed class PaperSpellingTests
{
    [Fact]
    public void Playbooks_are_one_or_a_list_and_an_entry_may_carry_Stratas_keys() => LayerText.Targets(
        """
        inventory: {path: inventory/}
        os:
          image_types:
            - type: base
              firstlayer: True
              packages: packages/rocky9.yaml
              files: [{source: files, destination: /etc}]
              commands: [ldconfig]
              container: {user: nobody}
              outputs: [kernel]
              ansible: {tags: [a]}
              children: [hsn]
        hsn:
          repo: self
          image_types: [{type: base, pb: [a.yml, b.yml]}]
        """,
        """
        os/base <- scratch (self, x86_64)
          inventory: inventory
          packages: packages/rocky9.yaml
          file: files -> /etc - - root:root
          command: /bin/sh | -e | -c | ldconfig
          user: nobody
          output: kernel -
          tags: a
        hsn/base <- os/base (self, x86_64)
          inventory: inventory
          playbooks: a.yml b.yml
        """);

    [Fact]
    public void A_child_is_entered_at_the_same_type_where_it_has_it_otherwise_at_all_of_its_types() => LayerText.Targets(
        """
        os: {image_types: [{type: base, firstlayer: True, children: [branch, same]}]}
        same: {image_types: [{type: base}, {type: uan, firstlayer: True}]}
        branch: {image_types: [{type: compute, children: [end]}, {type: uan, children: [end]}]}
        end: {image_types: [{type: compute}, {type: uan}]}
        """,
        """
        os/base <- scratch (self, x86_64)
        same/base <- os/base (self, x86_64)
        same/uan <- scratch (self, x86_64)
        branch/compute <- os/base (self, x86_64)
        branch/uan <- os/base (self, x86_64)
        end/compute <- branch/compute (self, x86_64)
        end/uan <- branch/uan (self, x86_64)
        """);

    [Fact]
    public void A_child_may_name_one_type() => LayerText.Targets(
        """
        os: {image_types: [{type: base, firstlayer: True, children: [end/compute, end/base]}]}
        end: {image_types: [{type: base, children: [end/uan]}, {type: compute}, {type: uan}]}
        """,
        """
        os/base <- scratch (self, x86_64)
        end/base <- os/base (self, x86_64)
        end/compute <- os/base (self, x86_64)
        end/uan <- end/base (self, x86_64)
        """);

    [Fact]
    public void Where_no_entry_says_firstlayer_who_is_nobodys_child_starts_from_scratch() => LayerText.Targets(
        """
        os: {image_types: [{type: base, children: [hsn]}]}
        other: {image_types: [{type: base}]}
        hsn: {image_types: [{type: base}]}
        """,
        """
        os/base <- scratch (self, x86_64)
        other/base <- scratch (self, x86_64)
        hsn/base <- os/base (self, x86_64)
        """);

    [Fact]
    public void An_inventory_below_the_top_folder_is_a_path_of_self()
    {
        var file = LayerText.Sound("inventory: {path: site/inventory}\nos: {image_types: [{type: base, firstlayer: true}]}");
        Assert.Empty(file.Sources);
        Assert.Equal("site/inventory", file.Targets[0].Inventory[0].Value.ToString());
    }
}
