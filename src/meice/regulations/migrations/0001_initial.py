import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('orgs', '0001_initial'),
        ('orgs', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, unique=True, verbose_name='标识')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='文号')),
                ('issuer', models.CharField(blank=True, max_length=120, verbose_name='发布机关')),
                ('reach', models.CharField(choices=[('outer', '上级文件'), ('own', '校内制度')], default='outer', max_length=5, verbose_name='类别')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='发布日期')),
                ('in_force_on', models.DateField(blank=True, null=True, verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('link', models.CharField(blank=True, max_length=500, verbose_name='原文链接')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('trust', models.CharField(choices=[('stated', '通知写明'), ('confirmed', '已核对'), ('seen', '见于转载'), ('general', '未核实'), ('ours', '系统缺省'), ('school', '本校录入')], default='school', max_length=9, verbose_name='核实程度')),
                ('unit_path', models.CharField(blank=True, db_index=True, editable=False, max_length=255)),
                ('is_edited', models.BooleanField(default=False, verbose_name='本校改过')),
                ('added_at', models.DateTimeField(verbose_name='录入时间')),
                ('version', models.PositiveIntegerField(default=1)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='原件')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='录入单位')),
            ],
            options={
                'verbose_name': '制度文件',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='document_has_a_title'), models.CheckConstraint(condition=models.Q(('trust__in', ['stated', 'confirmed', 'seen', 'general', 'ours', 'school'])), name='document_trust_is_known'), models.CheckConstraint(condition=models.Q(('reach__in', ['outer', 'own'])), name='document_reach_is_known'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('in_force_on__isnull', True), ('valid_until__gte', models.F('in_force_on')), _connector='OR'), name='document_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='标识')),
                ('place', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('number', models.CharField(max_length=60, verbose_name='条号')),
                ('text', models.TextField(verbose_name='内容')),
                ('trust', models.CharField(choices=[('stated', '通知写明'), ('confirmed', '已核对'), ('seen', '见于转载'), ('general', '未核实'), ('ours', '系统缺省'), ('school', '本校录入')], default='school', max_length=9, verbose_name='核实程度')),
                ('is_summary', models.BooleanField(default=False, verbose_name='摘要')),
                ('is_edited', models.BooleanField(default=False, verbose_name='本校改过')),
                ('cited_as', models.TextField(blank=True, verbose_name='引用写法')),
                ('dropped_at', models.DateTimeField(blank=True, null=True, verbose_name='删去时间')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='regulations.document')),
            ],
            options={
                'verbose_name': '条款',
                'ordering': ['document', 'place', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='clause_has_words'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='clause_has_a_number'), models.CheckConstraint(condition=models.Q(('trust__in', ['stated', 'confirmed', 'seen', 'general', 'ours', 'school'])), name='clause_trust_known')],
            },
        ),
        migrations.CreateModel(
            name='DocumentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=60)),
                ('by_unit', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='regulations.document')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
    ]
